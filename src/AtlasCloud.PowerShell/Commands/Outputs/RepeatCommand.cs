using System.Collections;
using System.Globalization;
using System.Management.Automation.Language;

namespace AtlasCloud.PowerShell.Commands;

/// <summary>Creates the command that repeats the request of a result. People copy it to the prompt, so every value in it is a literal.</summary>
internal static class RepeatCommand
{
    private const int MaxLength = 20_000;

    /// <summary>Returns the command; null if the request is unknown, or if a value has characters that control a terminal.</summary>
    /// <param name="item">The result.</param>
    /// <param name="folder">The folder in which the command is run.</param>
    internal static string? Create(GalleryItem item, string folder)
    {
        string? command = item.MetadataPath is string metadata ? $"Import-AtlasRequest {Quote(Relative(folder, metadata))} | {CommandFor(item)}"
            : item is { Model: string model, Request: IDictionary request } ? $"{CommandFor(item)} -Model {Quote(model)} -Parameters {Literal(WithoutModel(request))}"
            : null;
        return command is { Length: <= MaxLength } && !command.Any(c => char.IsControl(c) && c is not ('\n' or '\t')) ? command : null;
    }

    private static string CommandFor(GalleryItem item) => ModelKinds.GuessFromId(item.Model) switch
    {
        ModelKind.Video => "New-AtlasVideo",
        ModelKind.Speech or ModelKind.Music or ModelKind.Transcription => "New-AtlasAudio",
        ModelKind.Unknown when item.Kind == MediaKind.Video => "New-AtlasVideo",
        ModelKind.Unknown when item.Kind is MediaKind.Audio or MediaKind.Text => "New-AtlasAudio",
        _ => "New-AtlasImage",
    };

    private static string Relative(string folder, string path)
    {
        string relative = Path.GetRelativePath(folder, path);
        return Path.IsPathRooted(relative) ? relative : "./" + relative.Replace(Path.DirectorySeparatorChar, '/');
    }

    private static Hashtable WithoutModel(IDictionary request)
    {
        Hashtable inputs = [];
        foreach (DictionaryEntry input in request)
        {
            if (input.Key is string name && !name.Equals("model", StringComparison.OrdinalIgnoreCase))
            {
                inputs[name] = input.Value;
            }
        }

        return inputs;
    }

    private static string Literal(object? value) => value switch
    {
        null => "$null",
        bool flag => flag ? "$true" : "$false",
        string text => Quote(text),
        IDictionary inputs => $"@{{ {string.Join("; ", inputs.Keys.Cast<object>().OrderBy(k => $"{k}", StringComparer.Ordinal).Select(k => $"{Quote($"{k}")} = {Literal(inputs[k])}"))} }}",
        IEnumerable items => $"@({string.Join(", ", items.Cast<object?>().Select(Literal))})",
        byte or short or int or long or decimal or double or float => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        _ => Quote(Convert.ToString(value, CultureInfo.InvariantCulture) ?? ""),
    };

    private static string Quote(string text) => $"'{CodeGeneration.EscapeSingleQuotedStringContent(text)}'";
}
