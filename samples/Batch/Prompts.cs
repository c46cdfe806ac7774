using System.Security.Cryptography;
using System.Text;

namespace AtlasCloud.Samples;

/// <summary>One image to generate.</summary>
/// <param name="Label">Identifies the prompt in the journal across runs, and names its file.</param>
/// <param name="Text">The prompt.</param>
/// <param name="Seed">The seed. Different for each prompt, so that no two requests are equal.</param>
internal sealed record Prompt(string Label, string Text, int Seed);

/// <summary>Reads or generates the prompts.</summary>
internal static class Prompts
{
    private static readonly string[] s_subjects =
        ["a lighthouse", "a paper boat", "a night market", "a mountain hut", "a tram", "a greenhouse", "a harbor", "a library", "a windmill", "an observatory"];

    private static readonly string[] s_styles =
        ["at dusk", "in fog", "as a woodcut", "as a watercolor", "in the snow", "from above", "in the rain", "as a poster", "at dawn", "in black and white"];

    /// <summary>Returns the lines of a file that are not empty; without a file, 100 prompts.</summary>
    internal static IReadOnlyList<Prompt> Read(string? path)
    {
        IEnumerable<string> texts = path is null ? s_subjects.SelectMany(_ => s_styles, (subject, style) => $"{subject} {style}") : File.ReadLines(path);
        return [.. texts.Where(t => !string.IsNullOrWhiteSpace(t)).Select((text, index) => Create(text.Trim(), index + 1))];
    }

    // A prompt that was edited between two runs is another image: its label must change with it.
    private static Prompt Create(string text, int number) =>
        new($"{number:000}-{Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..8]}", text, number);
}
