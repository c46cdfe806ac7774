using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace AtlasCloud.Gallery;

/// <summary>The page without its items: markup, style and script from the embedded files, and the policy that allows only these.</summary>
internal static partial class PageTemplate
{
    private static readonly string s_page = Read("gallery.html");
    private static readonly string s_style = "\n" + Read("gallery.css");
    private static readonly string s_script = "\n" + Read("gallery.js");

    // 'self' does not include the files of a page that is itself a file in every browser.
    private static readonly string s_policy =
        $"default-src 'none'; script-src '{Hash(s_script)}'; style-src '{Hash(s_style)}'; img-src 'self' file:; media-src 'self' file:; base-uri 'none'; form-action 'none'";

    /// <summary>Returns the page.</summary>
    /// <param name="title">The title, as plain text.</param>
    /// <param name="data">The items as JSON in which no character can end a script element.</param>
    internal static string Compose(string title, string data) => Placeholder().Replace(s_page, match => match.Groups[1].Value switch
    {
        "policy" => s_policy,
        "title" => WebUtility.HtmlEncode(title),
        "style" => s_style,
        "script" => s_script,
        "data" => data,
        string name => throw new InvalidOperationException($"The template has an unknown placeholder '{name}'."),
    });

    private static string Hash(string text) => "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    // A browser hashes what its parser returns, in which all line endings are line feeds.
    private static string Read(string name)
    {
        using Stream file = typeof(PageTemplate).Assembly.GetManifestResourceStream($"AtlasCloud.Gallery.Page.{name}")
            ?? throw new InvalidOperationException($"The assembly does not contain {name}.");
        using StreamReader reader = new(file);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    [GeneratedRegex(@"\{\{([a-z]+)\}\}", RegexOptions.CultureInvariant)]
    private static partial Regex Placeholder();
}
