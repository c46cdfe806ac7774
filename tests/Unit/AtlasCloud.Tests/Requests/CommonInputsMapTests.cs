using System.Globalization;
using System.Text;
using AtlasCloud.Json;

namespace AtlasCloud.Tests;

/// <summary>Which inputs of the known models each common input maps to, and which inputs have no common name.</summary>
public sealed class CommonInputsMapTests
{
    [Fact]
    public void Inputs_of_all_known_models_match_the_approved_map()
    {
        string approved = Path.Combine(AppContext.BaseDirectory, "Requests", "CommonInputs.approved.txt");
        string received = Received();
        File.WriteAllText(approved.Replace(".approved.", ".received.", StringComparison.Ordinal), received);

        Assert.Equal(File.ReadAllText(approved).ReplaceLineEndings("\n"), received);
    }

    [Fact]
    public void Each_common_input_exists_in_a_known_model()
    {
        string[] known = [.. Models().SelectMany(m => m.Keys).Distinct()];

        Assert.Equal(373, Models().Count());
        Assert.All(CommonInputs.All, c => Assert.Contains(c.Names, known.Contains));
    }

    private static string Received()
    {
        StringBuilder text = new();
        (string Id, string[] Keys)[] models = [.. Models()];
        foreach ((CommonInput parameter, string[] names) in CommonInputs.All)
        {
            foreach (IGrouping<string, string> member in models
                .Select(m => names.Select(n => m.Keys.FirstOrDefault(k => k.Equals(n, StringComparison.OrdinalIgnoreCase))).FirstOrDefault(k => k is not null))
                .OfType<string>().GroupBy(k => k).OrderBy(g => g.Key, StringComparer.Ordinal))
            {
                text.Append(CultureInfo.InvariantCulture, $"-{parameter} is {member.Key} in {member.Count()} models\n");
            }
        }

        text.Append('\n');
        foreach (IGrouping<string, string> member in models.SelectMany(m => m.Keys).Where(k => CommonInputs.FromName(k) is null).GroupBy(k => k).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"{member.Key} by its own name in {member.Count()} models\n");
        }

        return text.ToString();
    }

    private static IEnumerable<(string Id, string[] Keys)> Models() =>
        Fixture.Json("params-by-model.json").Members().Select(m => (m.Name, (string[])[.. m.Value.Member("keys").Texts()]));
}
