using Orleans.GrainReferences;
using Orleans.Metadata;

namespace CrossBorderSoc.Tests.Bench.Serving;

/// <summary>
/// References to the baseline's actors. The grain factory reads attributes and formats type names at each reference, a fifth of
/// the baseline's time; here both are looked up once.
/// </summary>
internal sealed class BareActors(
    GrainInterfaceTypeResolver interfaces, GrainInterfaceTypeToGrainTypeResolver types, GrainReferenceActivator references)
{
    private readonly GrainInterfaceType _interface = interfaces.GetGrainInterfaceType(typeof(IBareIndicator));
    private GrainType? _type;

    /// <summary>The actor of a key.</summary>
    public IBareIndicator Of(string key)
    {
        // Known only once the silo has started.
        var type = _type ??= types.GetGrainType(_interface);
        return (IBareIndicator)references.CreateReference(GrainId.Create(type, IdSpan.Create(key)), _interface);
    }
}
