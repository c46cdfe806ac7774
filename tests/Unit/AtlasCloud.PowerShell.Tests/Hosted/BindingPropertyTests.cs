using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Text.Json;
using System.Text.Json.Nodes;
using AtlasCloud.PowerShell.Binding;
using AtlasCloud.PowerShell.Commands;
using AtlasCloud.PowerShell.Tests.Support;

namespace AtlasCloud.PowerShell.Tests.Hosted;

/// <summary>Random rows: every property is in the request, in an error, or in a warning.</summary>
public sealed class BindingPropertyTests(ModuleShell shell) : IClassFixture<ModuleShell>
{
    private const int Rounds = 50;
    private const string WithoutSchema = "seedream-3.0";

    // These change no body: the label is local, the cost limit is a check, and the expiration is a header.
    private static readonly string[] s_withoutBody = ["LABEL", "MAXCOST", "OUTPUTEXPIRATION", "MODEL"];

    [Theory]
    [InlineData("New-AtlasImage", typeof(NewAtlasImageCommand), "black-forest-labs/flux-dev", 1)]
    [InlineData("New-AtlasImage", typeof(NewAtlasImageCommand), "google/nano-banana-2/edit", 2)]
    [InlineData("New-AtlasImage", typeof(NewAtlasImageCommand), WithoutSchema, 3)]
    [InlineData("New-AtlasVideo", typeof(NewAtlasVideoCommand), "bytedance/seedance-2.0/reference-to-video", 4)]
    [InlineData("New-AtlasVideo", typeof(NewAtlasVideoCommand), "alibaba/wan-3.0/text-to-video", 5)]
    [InlineData("New-AtlasAudio", typeof(NewAtlasAudioCommand), "minimax/lyrics-generation", 6)]
    [InlineData("New-AtlasAudio", typeof(NewAtlasAudioCommand), "minimax/music-2.6", 7)]
    [InlineData("Measure-AtlasCost", typeof(MeasureAtlasCostCommand), "black-forest-labs/flux-dev", 8)]
    [InlineData("Measure-AtlasCost", typeof(MeasureAtlasCostCommand), WithoutSchema, 9)]
    [InlineData("Invoke-AtlasChat", typeof(InvokeAtlasChatCommand), "deepseek-ai/deepseek-v3.2", 10)]
    public void Every_property_of_a_row_is_in_the_body_or_in_an_error_or_in_a_warning(string command, Type type, string model, int seed)
    {
        Random random = new(seed);
        string[] names = GetNames(type, model);
        int accepted = 0;
        for (int round = 0; round < Rounds; round++)
        {
            Dictionary<string, object?> row = new(StringComparer.OrdinalIgnoreCase) { ["Prompt"] = "a boat " + round };
            if (model.EndsWith("edit", StringComparison.Ordinal) || model.Contains("reference", StringComparison.Ordinal))
            {
                row["image"] = $"https://example.com/{round}.png";
            }

            for (int count = random.Next(1, 5); count > 0; count--)
            {
                string name = Respell(names[random.Next(names.Length)], random);
                row[name] = CreateValue(name, random);
            }

            ModuleRun run = Submit(command, model, row, random.Next(3));
            if (run.Errors.Count > 0)
            {
                Assert.Empty(run.Bodies);
                continue;
            }

            accepted++;
            foreach ((string name, object? value) in row)
            {
                Assert.True(IsAccountedFor(command, model, row, name, value, run), $"Round {round}: '{name}' = {JsonSerializer.Serialize(value?.ToString())} is nowhere. Row: {string.Join(", ", row.Select(p => $"{p.Key}={p.Value}"))}. Warnings: {string.Join(" | ", run.Warnings)}. Body: {BodyOf(run).ToJsonString()}");
            }
        }

        Assert.InRange(accepted, Rounds / 10, Rounds);
    }

    private bool IsAccountedFor(string command, string model, Dictionary<string, object?> row, string name, object? value, ModuleRun run)
    {
        if (Cells.IsBlank(value) || run.Warnings.Any(w => w.Contains($"'{name.Trim()}'", StringComparison.Ordinal)) || s_withoutBody.Contains(InputText.NormalizeName(name)))
        {
            return true;
        }

        HashSet<string> sent = [.. GetTexts(BodyOf(run))];
        if (GetTexts(ToJson(value)).All(sent.Contains))
        {
            return true;
        }

        // The value was converted. Without it the request must differ.
        Dictionary<string, object?> less = new(row, StringComparer.OrdinalIgnoreCase);
        less.Remove(name);
        ModuleRun other = Submit(command, model, less, 0);
        return other.Errors.Count > 0 || BodyOf(other).ToJsonString() != BodyOf(run).ToJsonString();
    }

    private ModuleRun Submit(string command, string model, Dictionary<string, object?> row, int form)
    {
        Hashtable table = new(row, StringComparer.OrdinalIgnoreCase);
        PSObject item = new();
        foreach ((string name, object? value) in row)
        {
            item.Properties.Add(new PSNoteProperty(name, value));
        }

        shell.Set("row", form switch { 0 => item, 1 => table, _ => PSSerializer.Deserialize(PSSerializer.Serialize(item, 4)) });
        string validation = model == WithoutSchema ? " -SkipValidation" : "";
        return shell.Run($"$row | {command} -Model {model}{validation}");
    }

    private static JsonObject BodyOf(ModuleRun run) => run.Bodies.Count > 0 ? run.Body : run.Quotes[^1];

    private string[] GetNames(Type type, string model)
    {
        IEnumerable<string> parameters = RowParameters.Get(type).All.Select(p => p.Name).Except(["Session", "InputObject"]);
        IEnumerable<string> inputs = shell.Run($"Get-AtlasModelParameter {model} -ErrorAction Ignore").Output.Select(p => p.BaseObject).OfType<ModelParameter>().Select(p => p.Name);
        return
        [
            .. parameters, .. inputs, .. inputs, .. inputs, .. CommonInputs.All.SelectMany(c => c.Names),
            "colour", "Notes", "Verbose", "WhatIf", "ErrorAction", "Total", "Count_", "n", "system", "temperature", "max_tokens",
        ];
    }

    private static string Respell(string name, Random random) => random.Next(6) switch
    {
        0 => name.ToUpperInvariant(),
        1 => name.Replace('_', ' '),
        2 => name.Replace('_', '-'),
        3 => name.Replace("_", "", StringComparison.Ordinal),
        _ => name,
    };

    private static object? CreateValue(string name, Random random)
    {
        int number = random.Next(100_000, 999_999);
        bool isMedium = name.Contains("image", StringComparison.OrdinalIgnoreCase) || name.Contains("video", StringComparison.OrdinalIgnoreCase) || name.Contains("audio", StringComparison.OrdinalIgnoreCase);
        return random.Next(isMedium ? 40 : 30) switch
        {
            0 => null,
            1 => "",
            2 => " \t",
            3 => "1,5",
            4 => "word" + number,
            5 => number + 0.5,
            6 => number + 0.25m,
            7 => random.Next(2) == 0,
            8 => new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddSeconds(number),
            9 => TimeSpan.FromSeconds(number),
            10 => new object[] { "one" + number, "two" + number },
            11 => new Hashtable { ["a"] = "in" + number },
            12 => DBNull.Value,
            13 => Guid.NewGuid(),
            14 => "true",
            15 => new Uri($"https://example.com/{number}"),
            16 => DayOfWeek.Friday,
            17 => "1080p",
            18 => "16:9",
            19 => (object)5,
            20 => "2",
            21 => 1,
            22 => 4.5,
            23 => $"{number}",
            24 => (long)number,
            25 => $"https://example.com/{number}.png https://example.com/{number}.gif",
            _ => isMedium ? $"https://example.com/{number}.png" : number,
        };
    }

    private static JsonNode? ToJson(object? value) => value switch
    {
        null or DBNull => null,
        IDictionary members => new JsonArray([.. members.Values.Cast<object?>().Select(ToJson)]),
        IEnumerable items and not string => new JsonArray([.. items.Cast<object?>().Select(ToJson)]),
        DateTime time => JsonValue.Create(time.ToString("O", CultureInfo.InvariantCulture)),
        TimeSpan span => JsonValue.Create((decimal)span.TotalSeconds),
        bool flag => JsonValue.Create(flag ? "true" : "false"),
        _ => JsonValue.Create(Convert.ToString(value, CultureInfo.InvariantCulture)),
    };

    // Numbers and texts are compared by what they show: 5 is "5".
    private static IEnumerable<string> GetTexts(JsonNode? node) => node switch
    {
        JsonArray items => items.SelectMany(GetTexts),
        JsonObject members => members.SelectMany(m => GetTexts(m.Value)),
        JsonValue value => [value.GetValueKind() == JsonValueKind.String ? ((string)value!).Trim() : value.ToJsonString()],
        _ => [],
    };
}
