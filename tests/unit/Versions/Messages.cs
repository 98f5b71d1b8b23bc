using System.Collections.Immutable;
using System.Reflection;
using CrossBorderSoc.Contracts;
using CrossBorderSoc.Gateway;
using CrossBorderSoc.Grains.Ledger;
using CrossBorderSoc.Silo.Peers;
using CrossBorderSoc.Silo.Storage;

namespace CrossBorderSoc.Tests.Unit.Versions;

/// <summary>The types that travel between nodes, found by reflection, and an example of each that has something in every member.</summary>
internal static class Messages
{
    private static readonly Guid Id = new("8c580838-2f40-5d8f-8587-ac62115f98e1");

    /// <summary>The product's assemblies that may declare messages, stored numbers, or actors.</summary>
    public static IReadOnlyList<Assembly> Assemblies { get; } =
        [typeof(Home).Assembly, typeof(IGridStore).Assembly, typeof(GatewayOptions).Assembly, typeof(RecordFormat).Assembly];

    /// <summary>All of them, but for one that is of a shape of Orleans'.</summary>
    public static IReadOnlyList<Type> Types { get; } =
    [
        .. Assemblies.SelectMany(assembly => assembly.GetTypes())
            .Where(type => type.GetCustomAttribute<GenerateSerializerAttribute>() is not null && !IsPlacement(type)
                && type != typeof(PeerPreamble)),
    ];

    /// <summary>An example; always the same for the same members.</summary>
    public static object Example(Type type)
    {
        var next = 0;
        return Make(type, ref next);
    }

    // Of actors' classes, not of messages: they go to the grain's manifest as properties.
    private static bool IsPlacement(Type type) => typeof(PlacementStrategy).IsAssignableFrom(type)
        || typeof(Orleans.Placement.PlacementFilterStrategy).IsAssignableFrom(type);

    private static object Make(Type type, ref int next)
    {
        if (Nullable.GetUnderlyingType(type) is { } inner) return Make(inner, ref next);
        if (type.IsEnum) return Enum.GetValues(type).GetValue(Enum.GetValues(type).Length - 1)!;
        if (type == typeof(string)) return $"text {++next}";
        if (type == typeof(bool)) return true;
        if (type == typeof(Guid)) return Id;
        if (type.IsPrimitive) return Convert.ChangeType(++next, type, System.Globalization.CultureInfo.InvariantCulture);
        if (type == typeof(ReadOnlyMemory<byte>)) return new ReadOnlyMemory<byte>([(byte)++next, 0, 255]);
        if (type.IsArray) return List(type.GetElementType()!, ref next);
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ImmutableArray<>))
            return typeof(ImmutableArray).GetMethods()
                .First(method => method.Name == "Create" && method.GetParameters() is [{ ParameterType.IsArray: true }])
                .MakeGenericMethod(type.GenericTypeArguments).Invoke(null, [List(type.GenericTypeArguments[0], ref next)])!;
        return Whole(type, ref next);
    }

    private static Array List(Type element, ref int next)
    {
        var list = Array.CreateInstance(element, 2);
        for (var i = 0; i < list.Length; i++) list.SetValue(Make(element, ref next), i);
        return list;
    }

    private static object Whole(Type type, ref int next)
    {
        var create = type.GetConstructors().Where(each => each.GetParameters().All(p => !typeof(Exception).IsAssignableFrom(p.ParameterType)))
            .Where(each => each.GetParameters() is not [var only] || only.ParameterType != type).MaxBy(each => each.GetParameters().Length)!;
        var arguments = new object[create.GetParameters().Length];
        for (var i = 0; i < arguments.Length; i++) arguments[i] = Make(create.GetParameters()[i].ParameterType, ref next);
        var made = create.Invoke(arguments);
        foreach (var property in type.GetProperties().Where(each => each.GetCustomAttribute<IdAttribute>() is not null && each.CanWrite
            && create.GetParameters().All(parameter => parameter.Name != each.Name)))
            property.SetValue(made, Make(property.PropertyType, ref next));
        return made;
    }
}
