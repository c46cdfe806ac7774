using System.Globalization;
using System.Text.Json.Nodes;

namespace AtlasCloud.Emulation.Predictions;

/// <summary>Text outputs: lyrics and transcripts.</summary>
internal static class TextOutput
{
    private const double SecondsPerWord = 0.4;

    internal static OutputPlan Lyrics(string prompt)
    {
        string theme = prompt.Length == 0 ? "silver rain" : prompt;
        string lyrics = $"[Verse]\nPaper boats on {theme}\n[Chorus]\nCarry me home again";
        return new OutputPlan
        {
            Text = lyrics,
            Extra = new JsonObject
            {
                ["lyrics_result"] = new JsonObject
                {
                    ["song_title"] = "Paper Boats",
                    ["style_tags"] = new JsonArray("indie folk", "warm"),
                    ["lyrics"] = lyrics,
                },
            },
        };
    }

    /// <summary>The transcript contains the file name, so that tests can tell transcripts apart.</summary>
    internal static OutputPlan Transcript(string address, string? language)
    {
        string name = address.StartsWith("data:", StringComparison.OrdinalIgnoreCase)
            ? "inline audio"
            : Path.GetFileName(address.Split('?')[0]);
        string text = $"hello from atlas cloud about {name}";
        string code = string.IsNullOrEmpty(language) || language == "auto" ? "en" : language;
        JsonArray words = [];
        double seconds = 0.1;
        foreach (string word in text.Split(' '))
        {
            words.Add(new JsonObject
            {
                ["text"] = word,
                ["start"] = Math.Round(seconds, 2),
                ["end"] = Math.Round(seconds + SecondsPerWord - 0.05, 2),
                ["type"] = "word",
                ["speaker_id"] = "1",
            });
            seconds += SecondsPerWord;
        }

        return new OutputPlan
        {
            Text = text,
            Extra = new JsonObject
            {
                ["stt_result"] = new JsonObject
                {
                    ["text"] = text,
                    ["language"] = LanguageName(code),
                    ["language_code"] = code,
                    ["duration"] = Math.Round(seconds, 1),
                    ["words"] = words,
                    ["channels"] = new JsonArray(
                        new JsonObject { ["index"] = 0, ["language"] = code, ["text"] = text, ["words"] = new JsonArray() }),
                },
            },
        };
    }

    private static string LanguageName(string code)
    {
        try
        {
            return CultureInfo.GetCultureInfo(code).EnglishName;
        }
        catch (CultureNotFoundException)
        {
            return code;
        }
    }
}
