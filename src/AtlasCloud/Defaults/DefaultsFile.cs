using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AtlasCloud.Json;
using AtlasCloud.Storage;
using AtlasCloud.Text;

namespace AtlasCloud.Defaults;

/// <summary>Reads and writes the file of <see cref="UserDefaults"/>. People edit it, so every error has a line.</summary>
internal static class DefaultsFile
{
    private const int MaxBytes = 64 * 1024;
    private const int MaxTextLength = 500;
    private const int MaxThrottleLimit = 256;
    private const int MaxDepth = 8;

    // The names in the file are those of the properties in camel case.
    private static readonly Dictionary<string, Func<UserDefaults, string, UserDefaults>> s_texts = new(StringComparer.OrdinalIgnoreCase)
    {
        [nameof(UserDefaults.ImageModel)] = (d, v) => d with { ImageModel = v },
        [nameof(UserDefaults.VideoModel)] = (d, v) => d with { VideoModel = v },
        [nameof(UserDefaults.AudioModel)] = (d, v) => d with { AudioModel = v },
        [nameof(UserDefaults.ChatModel)] = (d, v) => d with { ChatModel = v },
        [nameof(UserDefaults.Destination)] = (d, v) => d with { Destination = v },
        [nameof(UserDefaults.Name)] = (d, v) => d with { Name = v },
    };

    internal static UserDefaults Read(string path)
    {
        byte[] content = ReadBytes(path);
        Dictionary<string, int> lines = new(StringComparer.OrdinalIgnoreCase);
        List<string> unknown = [];
        UserDefaults defaults = new() { Path = path };
        Utf8JsonReader reader = new(content, new JsonReaderOptions { AllowTrailingCommas = true, MaxDepth = MaxDepth });
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                throw DefaultsErrors.Invalid(path, LineOf(content, ref reader), "it must be a JSON object, such as { \"imageModel\": \"z-image/turbo\" }");
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                string name = reader.GetString()!;
                int line = LineOf(content, ref reader);
                reader.Read();
                if (!s_texts.ContainsKey(name) && !IsThrottleLimit(name))
                {
                    unknown.Add(string.Create(CultureInfo.InvariantCulture, $"{SafeText.Sanitize(name, length: 60)} (line {line})"));
                    reader.Skip();
                    continue;
                }

                defaults = lines.TryAdd(name, line) ? Set(defaults, name, ref reader, path, LineOf(content, ref reader)) : throw DefaultsErrors.Invalid(path, line, $"'{name}' occurs twice");
            }

            // What follows the object is an error too.
            reader.Read();
        }
        catch (JsonException exception)
        {
            throw DefaultsErrors.NotJson(path, (int)(exception.LineNumber ?? 0) + 1, exception);
        }
        catch (InvalidOperationException exception)
        {
            // Text with a lone surrogate.
            throw DefaultsErrors.NotJson(path, LineOf(content, ref reader), exception);
        }

        return defaults with { Lines = lines, UnknownMembers = unknown };
    }

    internal static void Write(UserDefaults defaults)
    {
        string path = defaults.Path ?? throw DefaultsErrors.NoFolder();
        JsonObject file = ReadUnknownMembers(path);
        foreach ((string name, JsonNode? value) in ToMembers(defaults).Where(m => m.Value is not null))
        {
            file[JsonNamingPolicy.CamelCase.ConvertName(name)] = value;
        }

        byte[] content = Encoding.UTF8.GetBytes(JsonSerializer.Serialize(file, AtlasJson.Readable.GetTypeInfo(typeof(JsonObject))) + Environment.NewLine);
        try
        {
            // A link, as in a folder of dotfiles, stays one.
            PrivateFile.Replace(File.Exists(path) ? File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path : path, content);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw DefaultsErrors.Unwritable(path, exception);
        }
    }

    private static JsonObject ReadUnknownMembers(string path)
    {
        if (!Path.Exists(path))
        {
            return [];
        }

        // A file with a mistake is not overwritten.
        Read(path);
        JsonObject members = [];
        using JsonDocument document = JsonDocument.Parse(ReadBytes(path), new JsonDocumentOptions { AllowTrailingCommas = true, MaxDepth = MaxDepth });
        foreach (JsonProperty member in document.RootElement.EnumerateObject().Where(m => !s_texts.ContainsKey(m.Name) && !IsThrottleLimit(m.Name)))
        {
            members[member.Name] = JsonNode.Parse(member.Value.GetRawText());
        }

        return members;
    }

    private static IEnumerable<KeyValuePair<string, JsonNode?>> ToMembers(UserDefaults defaults)
    {
        string path = defaults.Path!;
        JsonNode? Text(string? value) => value is null ? null : FindProblem(value) is string problem ? throw DefaultsErrors.Invalid(path, null, $"'{SafeText.Sanitize(value, length: 60)}' {problem}") : JsonValue.Create(value);
        yield return new(nameof(defaults.ImageModel), Text(defaults.ImageModel));
        yield return new(nameof(defaults.VideoModel), Text(defaults.VideoModel));
        yield return new(nameof(defaults.AudioModel), Text(defaults.AudioModel));
        yield return new(nameof(defaults.ChatModel), Text(defaults.ChatModel));
        yield return new(nameof(defaults.Destination), Text(defaults.Destination));
        yield return new(nameof(defaults.Name), Text(defaults.Name));
        yield return new(nameof(defaults.ThrottleLimit), defaults.ThrottleLimit is not int limit ? null
            : limit is < 1 or > MaxThrottleLimit ? throw DefaultsErrors.Invalid(path, null, ThrottleLimitRule) : JsonValue.Create(limit));
    }

    private static string ThrottleLimitRule => $"'throttleLimit' must be a whole number from 1 to {MaxThrottleLimit}";

    private static bool IsThrottleLimit(string name) => name.Equals(nameof(UserDefaults.ThrottleLimit), StringComparison.OrdinalIgnoreCase);

    private static UserDefaults Set(UserDefaults defaults, string name, ref Utf8JsonReader reader, string path, int line)
    {
        // A null member is the same as a missing one.
        if (reader.TokenType == JsonTokenType.Null)
        {
            return defaults;
        }

        if (IsThrottleLimit(name))
        {
            return reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out int limit) && limit is >= 1 and <= MaxThrottleLimit
                ? defaults with { ThrottleLimit = limit }
                : throw DefaultsErrors.Invalid(path, line, ThrottleLimitRule);
        }

        if (reader.TokenType != JsonTokenType.String)
        {
            throw DefaultsErrors.Invalid(path, line, $"'{name}' must be text");
        }

        string value = reader.GetString()!;
        return FindProblem(value) is string problem ? throw DefaultsErrors.Invalid(path, line, $"'{name}' {problem}") : s_texts[name](defaults, value);
    }

    private static string? FindProblem(string value) =>
        InputText.IsBlank(value) ? "must not be empty"
        : value.Length > MaxTextLength || value.Any(char.IsControl) ? $"must be text of at most {MaxTextLength} characters on one line"
        : SafeText.MaskKeys(value, null) != value ? "contains an API key, which this file must not contain"
        : null;

    private static byte[] ReadBytes(string path)
    {
        try
        {
            LocalFile.EnsureReadable(path);
            byte[] content = new FileInfo(path).Length <= MaxBytes ? File.ReadAllBytes(path) : throw DefaultsErrors.Invalid(path, null, $"it is larger than {MaxBytes / 1024} KiB");
            return content.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? content[Encoding.UTF8.Preamble.Length..] : content;
        }
        catch (AtlasCloudException exception) when (exception.Reason != AtlasCloudErrorReason.DefaultsInvalid)
        {
            // The messages of files that were to be sent do not apply.
            throw DefaultsErrors.Unreadable(path, exception.Reason, exception.InnerException);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw DefaultsErrors.Unreadable(path, AtlasCloudErrorReason.FileUnreadable, exception);
        }
    }

    private static int LineOf(byte[] content, ref Utf8JsonReader reader) => content.AsSpan(0, (int)Math.Min(reader.TokenStartIndex, content.Length)).Count((byte)'\n') + 1;
}
