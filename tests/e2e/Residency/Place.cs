namespace CrossBorderSoc.Tests.E2e.Residency;

/// <summary>Where else than in Belgium something of Belgium's may be (decision 20).</summary>
[Flags]
internal enum Place
{
    /// <summary>Nowhere: it stays at home.</summary>
    None = 0,

    /// <summary>In the memory of the hub's node, and on the wires to it.</summary>
    Hub = 1,

    /// <summary>In the hub's store.</summary>
    HubStore = 2,

    /// <summary>In the memory of Germany's node, and on the wires to it.</summary>
    De = 4,

    /// <summary>In the memory of the gateway that carries nothing, and on the wires to it: in transit.</summary>
    Gateway = 8,

    /// <summary>In Germany's store: a German organisation said it, too.</summary>
    DeStore = 16,

    /// <summary>What is released: the hub keeps it.</summary>
    Released = Hub | HubStore,

    /// <summary>What is released, and what an analyst of Germany asks for through the gateway: Germany's own home is asked with the value.</summary>
    Asked = Released | De | Gateway,
}
