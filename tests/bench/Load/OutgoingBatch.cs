using CrossBorderSoc.Tests.Bench.Traffic;

namespace CrossBorderSoc.Tests.Bench.Load;

/// <summary>A batch on its way: a template, and what is new in this copy of it.</summary>
/// <param name="Template">The template.</param>
/// <param name="Index">Its place among the owner's templates.</param>
/// <param name="Fresh">Where identifiers come from.</param>
/// <param name="FirstValue">Number of the first new value; 0 where values are not new.</param>
internal sealed record OutgoingBatch(BatchTemplate Template, int Index, FreshIds Fresh, ulong FirstValue);
