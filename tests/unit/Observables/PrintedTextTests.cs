using System.Collections.Immutable;
using System.Reflection;
using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Actors;
using CrossBorderSoc.Contracts.Identity;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Contracts.Views;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Unit.Observables;

/// <summary>Orleans prints messages with their arguments and results, in logs and in exceptions: what is sent prints no value.</summary>
public sealed class PrintedTextTests
{
    private const string Canary = "canary";

    // Their texts are names of parties or jurisdictions.
    private static readonly Type[] Names =
        [typeof(Home), typeof(Recipient), typeof(JurisdictionTally), typeof(SourceTally), typeof(JurisdictionActivity)];

    private static readonly Assembly Contracts = typeof(Observable).Assembly;

    public static TheoryData<Type> Sent =>
    [
        .. Contracts.GetTypes().Where(type => type.GetCustomAttribute<GenerateSerializerAttribute>() is not null
            && !typeof(Exception).IsAssignableFrom(type) && !Names.Contains(type)),
        typeof(Sighting), typeof(SightingDetails),
    ];

    [Theory]
    [MemberData(nameof(Sent))]
    public void ToString_OfWhatActorsSend_HoldsNoText(Type type) =>
        Make(type).ToString()!.Replace(" of " + Canary, "", StringComparison.Ordinal).ShouldNotContain(Canary);

    [Fact]
    public void Arguments_OfActors_AreNoBareTexts() =>
        (from actor in Contracts.GetTypes()
         where actor.IsInterface && typeof(IAddressable).IsAssignableFrom(actor)
         from method in actor.GetMethods()
         from parameter in method.GetParameters()
         where parameter.ParameterType == typeof(string)
         select $"{actor.Name}.{method.Name} {parameter.Name}")
        .ShouldBe(["IInquiry.KeepIncident incidentId", "IInquiry.FindIncident incidentId"]);

    [Fact]
    public void ToString_OfObservables_TellsThemApartWithoutTheirValue()
    {
        var (one, other) = (new Observable(ObservableType.DomainName, "a.example"), new Observable(ObservableType.DomainName, "b.example"));
        one.ToString().ShouldMatch("^DomainName #[0-9a-f]{8}$");
        one.ToString().ShouldBe(new Observable(ObservableType.DomainName, "a.example").ToString());
        one.ToString().ShouldNotBe(other.ToString());
        default(Observable).ToString().ShouldStartWith("Unspecified #");
        new CallerToken(Canary).ToString().ShouldBe("(token)");
    }

    [Fact]
    public void LoggedFailure_TellsTypesAndTheTextsThatNameNoValue()
    {
        var failure = new TimeoutException(Canary, new GridUnavailableException("no lease", new InvalidOperationException(Canary)));
        LoggedFailure.Of(failure).ShouldBe(
            "System.TimeoutException <- CrossBorderSoc.Contracts.Actors.GridUnavailableException: no lease "
            + "<- System.InvalidOperationException");
    }

    // By the longest constructor, with the canary wherever a text goes.
    private static object Make(Type type)
    {
        if (type == typeof(string)) return Canary;
        if (Nullable.GetUnderlyingType(type) is { } inner) return Make(inner);
        if (type.IsArray) return Array.CreateInstance(type.GetElementType()!, 0);
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ImmutableArray<>)) return MakeList(type.GenericTypeArguments[0]);
        if (type.IsPrimitive || type.IsEnum || type.Assembly != Contracts) return Activator.CreateInstance(type)!;
        var constructor = type.GetConstructors(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance)
            .OrderByDescending(c => c.GetParameters().Length).First();
        return constructor.Invoke([.. constructor.GetParameters().Select(p => Make(p.ParameterType))]);
    }

    private static object MakeList(Type item)
    {
        var items = Array.CreateInstance(item, 1);
        items.SetValue(Make(item), 0);
        return typeof(ImmutableArray).GetMethods().First(m => m.Name == nameof(ImmutableArray.Create)
            && m.GetParameters() is [{ ParameterType.IsArray: true }]).MakeGenericMethod(item).Invoke(null, [items])!;
    }
}
