using System.Runtime.CompilerServices;
using System.Text.Json;
using AtlasCloud.Text;

namespace AtlasCloud.Chat.Protocols;

/// <summary>
/// Reads the event that almost all events of a chat completion are, one choice with a piece of text, from its bytes. Anything else, and anything that
/// is not quite as expected, is left to the protocol, which reads a document. One instance for each stream.
/// </summary>
internal sealed class PlainChunkReader
{
    private string? _id;
    private string? _model;

    private enum Scalar
    {
        Any,
        NullOrText,
        Null,
    }

    /// <summary>Reads an event.</summary>
    /// <returns>What the protocol would return; null if the event has anything besides text, or is not valid.</returns>
    // Compiled without a first, slow version: a stream of thousands of events lasts less than the runtime takes to replace that.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal ChatEvent? TryRead(ReadOnlySpan<byte> json)
    {
        Utf8JsonReader reader = new(json);
        (string? id, string? model, string? text) = (null, null, null);
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return null;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                bool isRead = reader.ValueTextEquals("choices"u8) ? text is null && TryReadChoices(ref reader, out text)
                    : reader.ValueTextEquals("id"u8) ? TryReadRepeated(ref reader, ref _id, out id)
                    : reader.ValueTextEquals("model"u8) ? TryReadRepeated(ref reader, ref _model, out model)
                    : reader.ValueTextEquals("usage"u8) ? TrySkip(ref reader, Scalar.Null)
                    : IsIgnored(ref reader) && TrySkip(ref reader, Scalar.Any);
                if (!isRead)
                {
                    return null;
                }
            }

            return text is not null && reader.TokenType == JsonTokenType.EndObject && !reader.Read() ? new ChatEvent { Id = id, Model = model, Text = text } : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Not JSON, or text that is not valid.
            return null;
        }
    }

    private static bool IsIgnored(ref Utf8JsonReader reader) =>
        reader.ValueTextEquals("object"u8) || reader.ValueTextEquals("created"u8) || reader.ValueTextEquals("system_fingerprint"u8) || reader.ValueTextEquals("service_tier"u8);

    // One choice: an index, a piece of text, and no finish reason.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool TryReadChoices(ref Utf8JsonReader reader, out string? text)
    {
        text = null;
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray || !reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return false;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isRead = reader.ValueTextEquals("delta"u8) ? text is null && TryReadDelta(ref reader, out text)
                : reader.ValueTextEquals("index"u8) ? TrySkip(ref reader, Scalar.Any)
                : (reader.ValueTextEquals("finish_reason"u8) || reader.ValueTextEquals("logprobs"u8)) && TrySkip(ref reader, Scalar.Null);
            if (!isRead)
            {
                return false;
            }
        }

        return text is not null && reader.TokenType == JsonTokenType.EndObject && reader.Read() && reader.TokenType == JsonTokenType.EndArray;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool TryReadDelta(ref Utf8JsonReader reader, out string? text)
    {
        text = null;
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return false;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("content"u8) && text is null)
            {
                if (!reader.Read() || reader.TokenType != JsonTokenType.String)
                {
                    return false;
                }

                text = SafeText.StripControlCharacters(reader.GetString()!);
            }
            else if (!reader.ValueTextEquals("role"u8) || !TrySkip(ref reader, Scalar.NullOrText))
            {
                return false;
            }
        }

        // Without text, a refusal would count.
        return text is { Length: > 0 } && reader.TokenType == JsonTokenType.EndObject;
    }

    // The same text in each event of a stream, which is not created again.
    private static bool TryReadRepeated(ref Utf8JsonReader reader, ref string? known, out string? value)
    {
        value = null;
        if (!reader.Read() || reader.TokenType != JsonTokenType.String)
        {
            return false;
        }

        if (known is null || !reader.ValueTextEquals(known))
        {
            known = null;
            string text = reader.GetString()!;
            if (text.Length == 0 || SafeText.StripControlCharacters(text) != text)
            {
                return false;
            }

            known = text;
        }

        value = known;
        return true;
    }

    private static bool TrySkip(ref Utf8JsonReader reader, Scalar expected) => reader.Read() && reader.TokenType switch
    {
        JsonTokenType.Null => true,
        JsonTokenType.String => expected != Scalar.Null,
        JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False => expected == Scalar.Any,
        _ => false,
    };
}
