using System.Text;
using System.Text.Json.Nodes;

namespace AtlasCloud.Emulation.Chat;

/// <summary>What a chat request says, in the terms of no protocol.</summary>
/// <param name="LastText">The text of the last message.</param>
/// <param name="LastRole">Who said it.</param>
/// <param name="System">The system prompt; null where there is none.</param>
/// <param name="Images">How many images came along.</param>
/// <param name="Videos">How many videos.</param>
/// <param name="Sounds">How many sounds.</param>
/// <param name="Characters">The length of all texts.</param>
internal sealed record Conversation(string LastText, string LastRole, string? System, int Images, int Videos, int Sounds, long Characters)
{
    private const int CharactersPerToken = 4;
    private const int TokensPerMedium = 85;
    private const int TokensPerRequest = 8;

    /// <summary>The tokens that are counted for it.</summary>
    internal long Tokens => TokensPerRequest + TokensOf(Characters) + ((long)TokensPerMedium * (Images + Videos + Sounds));

    /// <summary>Reads the messages of the OpenAI chat protocol; null where there are none.</summary>
    internal static Conversation? OfMessages(JsonNode? node)
    {
        if (node is not JsonArray { Count: > 0 } messages)
        {
            return null;
        }

        (string lastText, string lastRole, string? system) = ("", "user", null);
        int[] media = new int[3];
        long characters = 0;
        foreach (JsonNode? message in messages)
        {
            if (message is not JsonObject)
            {
                return null;
            }

            lastRole = message["role"]?.ToString() ?? "user";
            lastText = TextOf(message["content"], media);
            characters += lastText.Length;
            system = lastRole == "system" ? lastText : system;
        }

        return new Conversation(lastText, lastRole, system, media[0], media[1], media[2], characters);
    }

    internal static long TokensOf(long characters) => (characters + CharactersPerToken - 1) / CharactersPerToken;

    private static string TextOf(JsonNode? content, int[] media)
    {
        if (content is not JsonArray parts)
        {
            return content?.ToString() ?? "";
        }

        StringBuilder text = new();
        foreach (JsonNode? part in parts)
        {
            switch (part?["type"]?.ToString())
            {
                case "text":
                    text.Append(part["text"]);
                    break;
                case "image_url":
                    media[0]++;
                    break;
                case "video_url":
                    media[1]++;
                    break;
                case "input_audio":
                    media[2]++;
                    break;
            }
        }

        return text.ToString();
    }
}
