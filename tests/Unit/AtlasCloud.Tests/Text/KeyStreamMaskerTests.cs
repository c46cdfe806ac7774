using AtlasCloud.Text;

namespace AtlasCloud.Tests;

public sealed class KeyStreamMaskerTests
{
    [Fact]
    public void Key_split_between_pieces_of_any_size_is_masked()
    {
        Random random = Some.Random();
        for (int i = 0; i < 2000; i++)
        {
            string text = $"apikey- is the start, {Some.Key}{Some.Key.ToUpperInvariant()} apike\u200By-3f9a1c7e5b2d4860 the end: api";
            KeyStreamMasker masker = new(Some.Key);
            string shown = "";
            for (int at = 0; at < text.Length;)
            {
                int length = Math.Min(1 + random.Next(9), text.Length - at);
                shown += masker.Add(text.Substring(at, length));
                at += length;
            }

            shown += masker.Flush();

            Assert.DoesNotContain("3f9a", shown, StringComparison.OrdinalIgnoreCase);
            Assert.StartsWith("apikey- is the start, ", shown, StringComparison.Ordinal);
            Assert.EndsWith(" the end: api", shown, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("a", "p", "i", "cal")]
    [InlineData("apik", "ey-", "3f9a1c7e5b2d486", "x")]
    [InlineData("Hola", " mundo")]
    [InlineData("\uD83D", "\uDE00")]
    public void Text_without_the_key_is_returned_completely(params string[] pieces)
    {
        KeyStreamMasker masker = new(Some.Key);

        Assert.Equal(string.Concat(pieces), string.Concat(pieces.Select(masker.Add)) + masker.Flush());
    }

    [Fact]
    public void Piece_that_ends_with_ordinary_text_is_not_held_back()
    {
        KeyStreamMasker masker = new(Some.Key);

        Assert.Equal("Hola", masker.Add("Hola"));
        Assert.Equal(" api", masker.Add(" api"));
    }

    [Fact]
    public void Invisible_characters_within_the_key_are_not_held_without_end()
    {
        KeyStreamMasker masker = new(Some.Key);
        masker.Add("apikey-3f9a");

        string shown = string.Concat(Enumerable.Repeat(new string('\u200B', 10_000), 10).Select(masker.Add)) + masker.Add("1c7e5b2d4860") + masker.Flush();

        Assert.Contains("***", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("3f9a", shown, StringComparison.Ordinal);
    }
}
