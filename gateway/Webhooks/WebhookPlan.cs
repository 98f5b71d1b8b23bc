namespace CrossBorderSoc.Gateway.Webhooks;

/// <summary>A webhook as it runs: what its options say, checked.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Url">Where it sends to.</param>
/// <param name="Addresses">The addresses that the host may have.</param>
/// <param name="TokenPath">The file of the organisation's token.</param>
/// <param name="SecretPath">The file of the secrets.</param>
/// <param name="Request">What it watches.</param>
/// <param name="Attempts">After how many failed attempts a delivery is given up.</param>
/// <param name="Age">After how long.</param>
internal sealed record WebhookPlan(
    string Name, Uri Url, TargetAddresses Addresses, string TokenPath, string SecretPath, V1.WatchRequest Request, int Attempts, TimeSpan Age)
{
    /// <summary>Its name: the URL may hold a secret of the target.</summary>
    public override string ToString() => Name;
}
