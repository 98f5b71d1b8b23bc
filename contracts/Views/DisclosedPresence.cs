namespace CrossBorderSoc.Contracts.Views;

/// <summary>Whether a caller sees anything of an indicator, as far as one home knows.</summary>
/// <param name="IsVisible">Whether something is visible, in whatever form and wherever its full detail lies.</param>
/// <param name="PolicyVersion">The number of the policy version that decided.</param>
[GenerateSerializer, Immutable, Alias("DisclosedPresence")]
public readonly record struct DisclosedPresence([property: Id(0)] bool IsVisible, [property: Id(1)] int PolicyVersion);
