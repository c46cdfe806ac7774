using System.Collections.Specialized;
using System.Globalization;

namespace AtlasCloud.Tests;

/// <summary>The page in a browser. Needs Chromium on the PATH, so these tests are part of the long form only.</summary>
[Trait("Category", "Slow")]
public sealed class GalleryBrowserTests : IDisposable
{
    private static readonly byte[] s_pixel =
        Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Hostile_prompts_are_shown_as_text_and_nothing_is_requested()
    {
        GalleryItem[] items = [.. HostilePrompts.All.Select((text, i) => Item(i) with { Prompt = text, Model = text, Label = text, Request = new OrderedDictionary { [text] = text } })];
        await using Browser browser = await OpenAsync(items, HostilePrompts.All[0]);

        for (int i = 0; i < items.Length; i++)
        {
            string expected = HostilePrompts.All[i].Replace("\u202E", "", StringComparison.Ordinal);
            Assert.Equal(expected, await browser.EvaluateAsync($"document.querySelectorAll('.card .prompt')[{i}].textContent"));
        }

        Assert.Equal(HostilePrompts.All[0], await browser.EvaluateAsync("document.title"));
        Assert.Equal("undefined", await browser.EvaluateAsync("typeof window.broken"));
        Assert.Equal($"{items.Length}", await browser.EvaluateAsync("document.images.length"));
        await browser.EvaluateAsync("Promise.all([...document.images].slice(0, 4).map(image => image.decode()))");
        Assert.Empty(browser.Reports);
    }

    [Fact]
    public async Task Results_are_searched_sorted_opened_and_compared_by_keyboard()
    {
        GalleryItem[] items = [.. Enumerable.Range(0, 6).Select(i => Item(i) with
        {
            Prompt = $"prompt {i}", Model = i < 3 ? "first/model" : "second/model", Price = i == 4 ? null : (6 - i) / 100m, RunTime = TimeSpan.FromSeconds(i),
        })];
        await using Browser browser = await OpenAsync(items, "Run");
        const string Shown = "[...document.querySelectorAll('.card:not([hidden]) .prompt')].map(p => p.textContent.slice(-1)).join('')";

        await browser.PressAsync("/");
        Assert.Equal("search", await browser.EvaluateAsync("document.activeElement.id"));
        await browser.PressAsync("3");
        Assert.Equal("3", await browser.EvaluateAsync(Shown));
        await browser.PressAsync("Escape");
        Assert.Equal("012345", await browser.EvaluateAsync(Shown));

        await browser.EvaluateAsync("sort.value = 'price', sort.dispatchEvent(new Event('change'))");
        Assert.Equal("532104", await browser.EvaluateAsync(Shown));
        await browser.EvaluateAsync("direction.click()");
        Assert.Equal("012354", await browser.EvaluateAsync(Shown));
        await browser.EvaluateAsync("model.value = 'second/model', model.dispatchEvent(new Event('change'))");
        Assert.Equal("354", await browser.EvaluateAsync(Shown));
        Assert.Contains("1 price unknown", await browser.EvaluateAsync("summary.textContent"), StringComparison.Ordinal);

        await browser.EvaluateAsync("document.querySelector('.card:not([hidden])').focus()");
        await browser.PressAsync("Enter");
        Assert.Equal("prompt 3", await browser.EvaluateAsync("document.querySelector('#detail[open] h2').textContent"));
        await browser.PressAsync("ArrowRight");
        Assert.Equal("prompt 5", await browser.EvaluateAsync("document.querySelector('#detail[open] h2').textContent"));
        await browser.PressAsync("Escape");

        await browser.PressAsync(" ");
        await browser.PressAsync("ArrowRight");
        await browser.PressAsync(" ");
        await browser.PressAsync("c");
        Assert.Equal("3", await browser.EvaluateAsync("document.querySelectorAll('#comparison[open] tr:first-child th').length"));
        Assert.Contains("Price", await browser.EvaluateAsync("[...document.querySelectorAll('.differs th')].map(h => h.textContent).join()"), StringComparison.Ordinal);
        await browser.PressAsync("Escape");
        Assert.Equal("0", await browser.EvaluateAsync("document.querySelectorAll('dialog[open]').length"));
        Assert.Empty(browser.Reports);
    }

    [Fact]
    public async Task Page_follows_the_color_scheme_prints_without_controls_and_fits_a_narrow_window()
    {
        GalleryItem[] items = [.. Enumerable.Range(0, 3).Select(i => Item(i) with { Prompt = new string('w', 400), Model = new string('m', 200), Label = new string('l', 200) })];
        await using Browser browser = await OpenAsync(items, new string('t', 300));
        const string Background = "getComputedStyle(document.body).backgroundColor";

        string light = await browser.EvaluateAsync(Background);
        await browser.EmulateAsync("screen", "dark");
        string dark = await browser.EvaluateAsync(Background);
        Assert.NotEqual(light, dark);
        await browser.EvaluateAsync("theme.click()");
        await browser.EmulateAsync("print", "dark");
        Assert.Equal("rgb(255, 255, 255)", await browser.EvaluateAsync(Background));
        Assert.Equal("none", await browser.EvaluateAsync("getComputedStyle(document.getElementById('toolbar')).display"));

        await browser.EmulateAsync("screen", "light");
        await browser.ResizeAsync(360, 740);
        Assert.Equal("true", (await browser.EvaluateAsync("document.documentElement.scrollWidth <= 360")).ToLowerInvariant());
    }

    [Fact]
    public async Task Every_control_has_an_accessible_name_and_every_picture_an_alternative_text()
    {
        await using Browser browser = await OpenAsync([Item(0) with { Prompt = "a fox" }, Item(1)], "Run");

        Assert.Equal("", await browser.EvaluateAsync("""
            [...document.querySelectorAll('button, input, select')]
                .filter(c => !(c.getAttribute('aria-label') || c.labels?.[0]?.textContent.trim() || c.textContent.trim())).map(c => c.outerHTML).join()
            """));
        Assert.Equal("a fox|1.png", await browser.EvaluateAsync("[...document.images].map(i => i.alt).join('|')"));
        Assert.Equal("en,1,1", await browser.EvaluateAsync("[document.documentElement.lang, document.querySelectorAll('main').length, document.querySelectorAll('h1').length].join()"));
    }

    [Fact]
    public async Task A_thousand_results_load_their_pictures_lazily()
    {
        await using Browser browser = await OpenAsync([.. Enumerable.Range(0, 1000).Select(i => Item(i) with { Prompt = $"prompt {i}" })], "Run");

        Assert.Equal("1000", await browser.EvaluateAsync("document.querySelectorAll('.card').length"));
        Assert.True(int.Parse(await browser.EvaluateAsync("[...document.images].filter(i => i.complete).length"), CultureInfo.InvariantCulture) < 500);
        await browser.EvaluateAsync("search.value = 'prompt 999', search.dispatchEvent(new Event('input'))");
        Assert.StartsWith("1 of 1,000", await browser.EvaluateAsync("summary.textContent"), StringComparison.Ordinal);
    }

    private GalleryItem Item(int number)
    {
        string path = Path.Combine(_folder.Path, $"{number}.png");
        return GalleryItem.FromFile(File.Exists(path) ? path : _folder.Write($"{number}.png", s_pixel));
    }

    private async Task<Browser> OpenAsync(IReadOnlyList<GalleryItem> items, string title)
    {
        SavedFile page = await GalleryPage.WriteAsync(items, Path.Combine(_folder.Path, "gallery.html"), new GalleryOptions { Title = title });
        return await Browser.OpenAsync(page.Path);
    }
}
