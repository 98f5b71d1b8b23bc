namespace CrossBorderSoc.Silo.Settings;

/// <summary>One section of the configuration, read strictly: what is wrong is noted with its key, and reading goes on.</summary>
internal sealed class SettingsSection
{
    private readonly IConfigurationSection _section;
    private readonly List<string> _errors;

    /// <summary>Looks at a section, whose every key must be one of those named.</summary>
    public SettingsSection(IConfiguration configuration, string name, List<string> errors, params ReadOnlySpan<string> keys)
    {
        (_section, _errors) = (configuration.GetSection(name), errors);
        foreach (var child in Children)
            if (!keys.ContainsIgnoringCase(child.Key))
                Refuse(child.Key, $"there is no such setting; those of {name} are {string.Join(", ", keys.ToArray())}");
    }

    /// <summary>What is directly below the section.</summary>
    public IEnumerable<IConfigurationSection> Children => _section.GetChildren();

    /// <summary>Whether something was said of a key, be it an empty list.</summary>
    public bool Says(string key) => Children.Any(child => string.Equals(child.Key, key, StringComparison.OrdinalIgnoreCase));

    /// <summary>What is below a key.</summary>
    public IConfigurationSection Below(string key) => _section.GetSection(key);

    /// <summary>The text of a key, or null when there is none.</summary>
    public string? Text(string key)
    {
        var child = _section.GetSection(key);
        if (child.GetChildren().Any()) Refuse(key, "is a text, not a list or an object");
        return string.IsNullOrWhiteSpace(child.Value) ? null : child.Value.Trim();
    }

    /// <summary>Notes what is wrong with a key.</summary>
    public void Refuse(string key, string reason) => _errors.Add($"{_section.Path}:{key}: {reason}.");

    /// <summary>Notes that a key has no meaning beside another setting.</summary>
    public void RefuseIfSaid(string key, string reason)
    {
        if (Says(key)) Refuse(key, reason);
    }
}

/// <summary>Keys of the configuration are equal whatever their case.</summary>
internal static class SettingKeys
{
    public static bool ContainsIgnoringCase(this ReadOnlySpan<string> keys, string key)
    {
        foreach (var known in keys)
            if (string.Equals(known, key, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }
}
