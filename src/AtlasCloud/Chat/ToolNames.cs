namespace AtlasCloud.Chat;

/// <summary>Finds the offered tool that a model means.</summary>
internal static class ToolNames
{
    /// <summary>
    /// Returns the name of the tool that a call refers to. Models rewrite names into the style of their training: <c>get_weather</c> or
    /// <c>functions.getWeather</c> for <c>Get-Weather</c>.
    /// </summary>
    /// <param name="name">The name in the call.</param>
    /// <param name="tools">The offered tools.</param>
    /// <returns>The name of the only tool that fits; otherwise the name in the call.</returns>
    internal static string Resolve(string name, IReadOnlyList<ChatTool> tools)
    {
        if (tools.Any(t => t.Name == name))
        {
            return name;
        }

        string withoutPrefix = name[(name.LastIndexOfAny(['.', ':', '/']) + 1)..];
        return Find(name, tools) ?? Find(withoutPrefix, tools) ?? name;
    }

    private static string? Find(string name, IReadOnlyList<ChatTool> tools)
    {
        string wanted = InputText.NormalizeName(name);
        string[] found = [.. tools.Select(t => t.Name).Where(t => wanted.Length > 0 && InputText.NormalizeName(t) == wanted)];
        return found.Length == 1 ? found[0] : null;
    }
}
