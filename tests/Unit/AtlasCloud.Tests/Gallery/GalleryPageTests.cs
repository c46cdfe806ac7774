using System.Collections.Specialized;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using AtlasCloud.Gallery;

namespace AtlasCloud.Tests;

public sealed partial class GalleryPageTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string> Prompts => [.. HostilePrompts.All];

    [Theory]
    [MemberData(nameof(Prompts))]
    public async Task Hostile_text_is_data_and_adds_no_element(string text)
    {
        OrderedDictionary request = new() { ["note"] = text, [text] = text };
        GalleryItem item = Item("a.png") with { Prompt = text, Model = text, Label = text, PredictionId = text, Request = request };

        string page = await WriteAsync([item], new GalleryOptions { Title = text, RepeatCommand = (_, _) => text });
        string empty = await WriteAsync([], new GalleryOptions { Title = "plain" });

        JsonElement read = ReadItems(page)[0];
        Assert.Equal(text.Replace("\u202E", "", StringComparison.Ordinal), read.GetProperty("prompt").GetString());
        Assert.Contains(read.GetProperty("inputs").EnumerateArray(), i => i[0].GetString() == "note");
        Assert.Equal(Tags().Count(empty), Tags().Count(page));
        Assert.Equal(text, WebUtility.HtmlDecode(Title().Match(page).Groups[1].Value));
        Assert.DoesNotContain('<', Data().Match(page).Groups[1].Value);
        Assert.All(Data().Match(page).Groups[1].Value, c => Assert.True(char.IsAscii(c)));
    }

    [Fact]
    public async Task Policy_allows_the_script_and_the_style_of_the_page_only()
    {
        string page = await WriteAsync([Item("a.png")]);
        string policy = Policy().Match(page).Groups[1].Value;

        Assert.StartsWith("default-src 'none';", policy, StringComparison.Ordinal);
        Assert.Contains($"script-src '{HashOf(page, "<script>", "</script>")}';", policy, StringComparison.Ordinal);
        Assert.Contains($"style-src '{HashOf(page, "<style>", "</style>")}';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("http", policy, StringComparison.Ordinal);
        Assert.Empty(Regex.Matches(page, """(?i)\s(on[a-z]+|style)=|https?://|@import|url\("""));
    }

    [Fact]
    public async Task Page_contains_no_key_no_signature_and_no_media_bytes()
    {
        OrderedDictionary request = new()
        {
            ["image"] = "https://media.example.com/a.png?signature=c2VjcmV0",
            ["images"] = new[] { "https://media.example.com/b.png?signature=c2VjcmV0" },
            ["mask"] = "data:image/png;base64," + new string('A', 500),
            ["nested"] = new OrderedDictionary { ["url"] = "https://media.example.com/c.png?signature=c2VjcmV0" },
            ["note"] = $"the key is {Some.Key}",
        };

        string page = await WriteAsync([Item("a.png") with { Prompt = $"Bearer {Some.Key}", Request = request }]);

        string inputs = ReadItems(page)[0].GetProperty("inputs").ToString();
        Assert.Contains("https://media.example.com/a.png", inputs, StringComparison.Ordinal);
        Assert.DoesNotContain("signature", page, StringComparison.Ordinal);
        Assert.DoesNotContain("AAAAAAAA", page, StringComparison.Ordinal);
        Assert.DoesNotContain(Some.Key, page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a b.png", "a%20b.png")]
    [InlineData("50% #1?.png", "50%25%20%231%3F.png")]
    [InlineData("javascript:alert(1).png", "javascript%3Aalert%281%29.png")]
    [InlineData("\"'><.png", "%22%27%3E%3C.png")]
    [InlineData("灯.png", "%E7%81%AF.png")]
    public void Link_escapes_each_character_that_has_a_meaning_in_an_address(string name, string expected)
    {
        string root = Path.GetFullPath("/results");

        Assert.Equal(expected, RelativeLink.Create(root, root + Path.DirectorySeparatorChar + name));
        Assert.Equal("clips/" + expected, RelativeLink.Create(root, Path.Join(root, "clips") + Path.DirectorySeparatorChar + name));
        Assert.Equal("../" + expected, RelativeLink.Create(Path.Join(root, "pages"), root + Path.DirectorySeparatorChar + name));
    }

    [Fact]
    public async Task Item_has_the_keys_that_the_page_sorts_by()
    {
        GalleryItem known = Item("a.png") with { Price = 0.0403m, CreatedAt = DateTimeOffset.UnixEpoch, RunTime = TimeSpan.FromSeconds(2.5) };

        JsonElement items = ReadItems(await WriteAsync([known, Item("b.png")]));

        Assert.Equal(0.0403m, items[0].GetProperty("price").GetDecimal());
        Assert.Equal(2.5, items[0].GetProperty("run").GetDouble());
        Assert.Equal("1970-01-01T00:00:00Z", items[0].GetProperty("created").GetString());
        Assert.All(["price", "run", "created"], name => Assert.False(items[1].TryGetProperty(name, out _)));
    }

    [Fact]
    public async Task Text_is_shown_up_to_a_limit_and_a_saved_cover_becomes_the_poster_of_its_video()
    {
        GalleryItem video = Item("clip.mp4") with { PredictionId = Some.Id };
        GalleryItem cover = Item("cover 1.png") with { PredictionId = Some.Id };
        File.WriteAllText(Path.Combine(_folder.Path, "long.txt"), new string('x', 100_000));

        JsonElement items = ReadItems(await WriteAsync([video, cover, Item("long.txt"), Item("scan.tiff")]));

        Assert.Equal("cover%201.png", items[0].GetProperty("poster").GetString());
        Assert.True(items[2].GetProperty("cut").GetBoolean());
        Assert.Equal(64 * 1024, items[2].GetProperty("text").GetString()!.Length);
        Assert.Equal("file", items[3].GetProperty("kind").GetString());
    }

    [Fact]
    public async Task Existing_page_is_kept_unless_it_may_be_overwritten()
    {
        string path = _folder.Write("gallery.html", [1]);

        AtlasCloudException error = await Assert.ThrowsAsync<AtlasCloudException>(() => GalleryPage.WriteAsync([Item("a.png")], path));
        Assert.Equal(AtlasCloudErrorKind.FileExists, error.Kind);
        Assert.Equal(1, new FileInfo(path).Length);

        await GalleryPage.WriteAsync([Item("a.png")], path, new GalleryOptions { Overwrite = true });
        Assert.True(new FileInfo(path).Length > 1000);
        Assert.Equal(["a.png", "gallery.html"], _folder.Names);
    }

    [Fact]
    public async Task Canceled_page_leaves_no_file()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            GalleryPage.WriteAsync([Item("a.png")], Path.Combine(_folder.Path, "gallery.html"), null, new CancellationToken(canceled: true)));

        Assert.Equal(["a.png"], _folder.Names);
    }

    [Fact]
    public void Folder_of_a_page_contains_all_results()
    {
        string root = Path.GetFullPath("/results");
        GalleryItem At(params string[] parts) => new() { Path = Path.Combine([root, .. parts]) };

        Assert.Equal(Path.Combine(root, "a"), GalleryPage.FindFolder([At("a", "1.png"), At("a", "2.png")]));
        Assert.Equal(root, GalleryPage.FindFolder([At("a", "1.png"), At("ab", "2.png")]));
        Assert.Equal(root, GalleryPage.FindFolder([At("..a.png"), At("b", "2.png")]));
    }

    private GalleryItem Item(string name)
    {
        string path = Path.Combine(_folder.Path, name);
        if (!File.Exists(path))
        {
            File.WriteAllText(path, "content");
        }

        return GalleryItem.FromFile(path);
    }

    private async Task<string> WriteAsync(IReadOnlyList<GalleryItem> items, GalleryOptions? options = null)
    {
        SavedFile file = await GalleryPage.WriteAsync(items, Path.Combine(_folder.Path, "page.html"), (options ?? new GalleryOptions()) with { Overwrite = true });
        return await File.ReadAllTextAsync(file.Path);
    }

    private static JsonElement ReadItems(string page) => Some.Json(Data().Match(page).Groups[1].Value);

    private static string HashOf(string page, string start, string end)
    {
        int from = page.LastIndexOf(start, StringComparison.Ordinal) + start.Length;
        string content = page[from..page.IndexOf(end, from, StringComparison.Ordinal)];
        return "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(content)));
    }

    [GeneratedRegex("""<script type="application/json" id="data">(.*?)</script""", RegexOptions.Singleline | RegexOptions.IgnoreCase)]
    private static partial Regex Data();

    [GeneratedRegex("<title>(.*?)</title>", RegexOptions.Singleline)]
    private static partial Regex Title();

    [GeneratedRegex("""Content-Security-Policy" content="([^"]+)">""")]
    private static partial Regex Policy();

    [GeneratedRegex("</?[a-z!]|<!--", RegexOptions.IgnoreCase)]
    private static partial Regex Tags();
}
