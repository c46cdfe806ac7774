using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;
using System.Text.Json;
using System.Text.Json.Nodes;
using AtlasCloud.PowerShell.Completers;
using AtlasCloud.PowerShell.DynamicParameters;
using AtlasCloud.Tests;
using Engine = System.Management.Automation.PowerShell;

namespace AtlasCloud.PowerShell.Tests.Hosted;

/// <summary>
/// A hostile catalog and hostile schemas, completed by each completer. Each completion is one constant argument. ATLASCLOUD_TEST_LONG=1 uses ten
/// thousand texts.
/// </summary>
public sealed class CompletionFuzzTests(ITestOutputHelper output)
{
    private const int LongForm = 10_000;
    private const int ShortForm = 200;

    // The texts of one schema. Completers read the whole schema for each parameter, so the time grows with the square of this number.
    private const int BatchSize = 10;

    private static readonly string[] s_types = ["string", "integer", "number", "boolean", "array", "object"];
    private static readonly string[] s_typed = ["", "'", "\"", "\u201C", "\u2019", "@{", "a", "$"];

    private static IArgumentCompleter[] Completers =>
    [
        .. typeof(ModelCompleter).Assembly.GetTypes()
            .Where(t => !t.IsAbstract && typeof(IArgumentCompleter).IsAssignableFrom(t) && t != typeof(SessionCompleter))
            .Select(t => (IArgumentCompleter)Activator.CreateInstance(t)!),
    ];

    [Fact]
    public async Task Completion_of_hostile_text_is_one_constant_argument()
    {
        int count = 0;
        List<string> failures = [];
        using Runspace runspace = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2());
        runspace.Open();
        using Engine shell = Engine.Create(runspace);
        shell.AddScript("function Set-Canary { $global:canary = $true }; function Receive { param($P) }; $x = @{}").Invoke();
        foreach (int[] batch in TestForm.Sample(LongForm, ShortForm).Chunk(BatchSize))
        {
            string[] texts = [.. batch.Select(HostileText.Create)];
            foreach (CompletionResult result in await CompleteAsync(texts))
            {
                count++;
                if (!IsConstant(result.CompletionText) || (result.ListItemText + result.ToolTip).Any(char.IsControl))
                {
                    failures.Add($"{result.CompletionText}   (listed as {result.ListItemText})");
                }
                else
                {
                    Run(shell, $"Receive -P {result.CompletionText}");
                }
            }
        }

        output.WriteLine($"{count} completions");
        Assert.True(failures.Count == 0, $"{failures.Count} of {count} are not one constant:\n{string.Join("\n", failures.Take(20))}");
        Assert.Null(runspace.SessionStateProxy.GetVariable("canary"));
        Assert.True(count > ShortForm, $"Only {count} completions were offered.");
    }

    [Fact]
    public void Parameter_of_hostile_name_is_an_identifier()
    {
        int count = 0;
        foreach (int[] batch in Enumerable.Range(0, LongForm).Chunk(BatchSize))
        {
            ModelParameter[] members = [.. batch.Select(n => HostileText.Create(n)).Distinct().SelectMany(t => new[] { t, "x" + t, t + "_y" }).Select(n => new ModelParameter { Name = n })];
            foreach (ModelInput input in ModelInputs.Create(new ModelSchema(members, default, default), []).All)
            {
                count++;
                Assert.All(new[] { input.Name, input.Alias }.OfType<string>(), n => Assert.Matches("^[A-Za-z][A-Za-z0-9_]*\\z", n));
            }
        }

        Assert.True(count > 100, $"Only {count} parameters were created.");
    }

    [Theory]
    [InlineData("a/it\u2019s", null, "'a/it\u2019\u2019s'")]
    [InlineData("a\u201D;Set-Canary;\u201C", '"', "'a\u201D;Set-Canary;\u201C'")]
    [InlineData("a b", '"', "\"a b\"")]
    [InlineData("a b", '\u201C', "\"a b\"")]
    [InlineData("$(Set-Canary)", '"', "'$(Set-Canary)'")]
    [InlineData("$true", null, "'$true'")]
    [InlineData("1kb", null, "'1kb'")]
    [InlineData("1d", null, "'1d'")]
    [InlineData("007", null, "'007'")]
    [InlineData("-1", null, "-1")]
    [InlineData("0.50", null, "0.50")]
    [InlineData("720p", null, "720p")]
    [InlineData("--%", null, "'--%'")]
    [InlineData("a\u202Eb", null, null)]
    [InlineData("a\u200Bb", null, null)]
    [InlineData("a\nb", null, null)]
    [InlineData("", null, null)]
    public void Text_is_quoted_unless_it_is_a_plain_word_or_number(string text, char? quote, string? expected) =>
        Assert.Equal(expected, CompletionText.FromValue(text, quote)?.Text);

    [Fact]
    public void Text_of_letters_digits_and_separators_is_inserted_as_the_parser_reads_it()
    {
        // Words that mean something elsewhere in a script, and each character at the end and inside of a word.
        string[] words =
        [
            "true", "null", "if", "function", "param", "data", "class", "end", "x86", "e5", "inf", "NaN", "d", "a--b", "a.b/c_d-e.1", "a..b", "a//b", "cd..", "v1.0-pro/text-to-image",
            .. "abyzABYZ0189/-._".SelectMany(c => new[] { $"a{c}", $"a{c}b", $"A{c}{c}" }),
        ];
        Assert.All(words, word =>
        {
            Assert.Equal(word, CompletionText.FromValue(word)?.Text);
            CommandAst command = (CommandAst)((PipelineAst)Parser.ParseInput("x -P " + word, out _, out ParseError[] errors).EndBlock.Statements[0]).PipelineElements[0];
            Assert.Empty(errors);
            Assert.Equal(word, Assert.IsType<StringConstantExpressionAst>(command.CommandElements[2]).Value);
        });
    }

    [Fact]
    public void Value_has_the_form_of_its_type()
    {
        Assert.Equal("$true", CompletionText.FromValue(true)?.Text);
        Assert.Equal("-0.5", CompletionText.FromValue(-0.5m)?.Text);
        Assert.Equal("7", CompletionText.FromValue(7L)?.Text);
        Assert.Null(CompletionText.FromValue(new Hashtable()));
        Assert.Equal("@{ seed = -1 }", CompletionText.FromEntry("seed", -1m)?.Text);
        Assert.Equal("@{ 'a;b' = '$(x)' }", CompletionText.FromEntry("a;b", "$(x)")?.Text);
        Assert.Equal("@{ '5' = $false }", CompletionText.FromEntry("5", false)?.Text);
        Assert.Equal("@{ list = @() }", CompletionText.FromEntry("list", Array.Empty<object>())?.Text);
        Assert.Null(CompletionText.FromVariable("a b"));
    }

    private static async Task<IReadOnlyList<CompletionResult>> CompleteAsync(string[] texts)
    {
        using StubHandler handler = new();
        handler.When("/models", StubReply.Json(Catalog(texts))).When("schema", StubReply.Json(Schema(texts)));
        Session session = new(new AtlasCloudOptions { BaseUri = new Uri("http://127.0.0.1:1/") }, null, handler);
        await using AtlasCloudClient client = session.Client;
        Model model = await client.Models.ResolveAsync("a/plain");
        ModelSchema? schema = await client.Models.TryGetSchemaAsync(model);
        Assert.NotNull(schema);
        Hashtable bound = new() { ["Session"] = session, ["Model"] = "a/plain" };
        string[] parameters = ["Model", "AspectRatio", "Resolution", .. schema.Parameters.Select(p => p.Name), .. ModelInputs.Create(schema, DynamicParameterNames.Reserved).All.Select(i => i.Name)];
        List<CompletionResult> all = [];
        foreach (IArgumentCompleter completer in Completers)
        {
            foreach (string typed in s_typed)
            {
                foreach (string parameter in completer is ModelValueCompleter ? parameters : ["Model"])
                {
                    // Null leaves the completion to PowerShell, which offers paths.
                    all.AddRange(completer.CompleteArgument("Get-AtlasModel", parameter, typed, null!, bound) ?? []);
                }
            }
        }

        return [.. all.DistinctBy(r => (r.CompletionText, r.ListItemText, r.ToolTip))];
    }

    private static string Catalog(string[] texts) => new JsonObject
    {
        ["code"] = "200",
        ["data"] = new JsonArray([.. texts.Select(t => Entry(t, t)), Entry("a/plain", "plain")]),
    }.ToJsonString();

    private static JsonObject Entry(string id, string text) => new()
    {
        ["model"] = id,
        ["type"] = "Image",
        ["displayName"] = text,
        ["profile"] = text,
        ["organization"] = text,
        ["tags"] = new JsonArray(text),
        ["categories"] = new JsonArray(text),
        ["schema"] = id == "a/plain" ? "http://127.0.0.1:1/schema.json" : null,
    };

    private static string Schema(string[] texts)
    {
        JsonObject properties = new()
        {
            ["aspect_ratio"] = new JsonObject { ["type"] = "string", ["enum"] = new JsonArray([.. texts.Distinct().Select(t => JsonValue.Create(t))]) },
            ["resolution"] = new JsonObject { ["type"] = "string", ["default"] = texts[0] },
            ["huge"] = new JsonObject { ["type"] = "number", ["minimum"] = decimal.MinValue, ["maximum"] = decimal.MaxValue, ["step"] = 0.0000000000000000000000000001m },
        };
        foreach ((string text, int index) in texts.Select((t, i) => (t, i)))
        {
            string type = s_types[index % s_types.Length];
            properties[$"plain_{index}"] = new JsonObject { ["type"] = type, ["default"] = text, ["description"] = text };
            properties[text] = new JsonObject
            {
                ["type"] = type,
                ["description"] = text,
                ["enum"] = new JsonArray(text, texts[0], index, true),
                ["x-enum-labels"] = new JsonObject { [text] = text },
            };
        }

        return new JsonObject { ["type"] = "object", ["properties"] = properties }.ToJsonString();
    }

    // By tokens, unlike the check of the product, which reads the syntax tree.
    private static bool IsConstant(string text)
    {
        Parser.ParseInput("x -P " + text, out Token[] tokens, out ParseError[] errors);
        Token[] argument = tokens[2..^1];
        return errors.Length == 0 && tokens[^1].Kind == TokenKind.EndOfInput && (argument.Length == 1 ? IsConstant(argument[0]) : IsEntry(argument));
    }

    private static bool IsConstant(Token token) => token switch
    {
        StringExpandableToken expandable => expandable.NestedTokens is null or { Count: 0 },
        StringLiteralToken or NumberToken => true,
        VariableToken variable => variable.Name is "true" or "false",
        _ => token.Kind is TokenKind.Generic or TokenKind.Identifier || token.TokenFlags.HasFlag(TokenFlags.Keyword),
    };

    // @{ key = value }, where the value is a constant, @() or @{}.
    private static bool IsEntry(Token[] tokens) =>
        tokens.Length is 5 or 6 && tokens[0].Kind == TokenKind.AtCurly && tokens[^1].Kind == TokenKind.RCurly && tokens[2].Kind == TokenKind.Equals && IsConstant(tokens[1])
        && (tokens.Length == 5 ? IsConstant(tokens[3]) : (tokens[3].Kind, tokens[4].Kind) is (TokenKind.AtParen, TokenKind.RParen) or (TokenKind.AtCurly, TokenKind.RCurly));

    private static void Run(Engine shell, string script)
    {
        shell.Commands.Clear();
        shell.AddScript(script).Invoke();
    }
}
