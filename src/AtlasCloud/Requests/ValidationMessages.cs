using System.Globalization;
using System.Text.Json;
using AtlasCloud.Json;
using AtlasCloud.JsonSchema;
using AtlasCloud.Text;

namespace AtlasCloud.Requests;

/// <summary>Turns validation errors into sentences that name the input, the value and what would be accepted.</summary>
/// <param name="schema">The model's inputs.</param>
internal sealed class ValidationMessages(ModelSchema schema)
{
    private const int MaxChoiceLength = 60;

    private readonly SchemaDescription _description = new(schema.Document);
    private readonly ConditionDescription _conditions = new(schema.Document);

    /// <summary>One sentence, or several if the closest of several alternatives has several errors.</summary>
    internal string Describe(ValidationError error)
    {
        string name = NameInput(error.Path);
        string when = _conditions.Describe(error.Conditions);
        return error.Keyword switch
        {
            "required" => $"{name} is required{when}.",
            "additionalProperties" => $"{name} is unknown{SuggestMember(error)}{EndAfter(SuggestMember(error))}",
            "false" => $"{name} is not allowed{when}.",
            "not" => DescribeNot(error, name, when),
            "x-multiple" => DescribeChoice(error, name, when),
            "anyOf" or "oneOf" when error.Path == "$" => DescribeAlternatives(error, when),
            "anyOf" or "oneOf" when error.Alternatives.Any(f => IsInside(f, error.Path)) => DescribeClosest(error),
            "format" when error.Rules.Text("format") is "uri" or "url" => $"{name} must be a URL such as https://example.com/file{when}, not {Quoted(error.Value)}.",
            "uniqueItems" or "contains" or "minProperties" or "maxProperties" or "pattern" or "format" => $"{name} {SafeText.Sanitize(error.Message)}{when}.",
            _ => DescribeExpected(error, name, when),
        };
    }

    private string DescribeExpected(ValidationError error, string name, string when)
    {
        if (_description.Describe(error.Rules) is not string expected)
        {
            return $"{name} {SafeText.Sanitize(error.Message)}{when}.";
        }

        string actual = error.Keyword switch
        {
            "minLength" or "maxLength" => JsonText.GetText(error.Value).EnumerateRunes().Count().ToString(CultureInfo.InvariantCulture),
            "minItems" or "maxItems" => error.Value.GetArrayLength().ToString(CultureInfo.InvariantCulture),
            _ => Quoted(error.Value),
        };
        string guess = error.Value.ValueKind == JsonValueKind.String
            ? NameSuggester.FormatSuggestion(NameSuggester.FindTypo(JsonText.GetText(error.Value), error.Rules.Member("enum").Texts().Select(t => SafeText.Sanitize(t, length: 60))))
            : "";
        bool isCount = error.Keyword is "minLength" or "maxLength" or "minItems" or "maxItems";
        string sentence = when.Length > 0 && !isCount ? $"{name} is {actual}, but must be {expected}{when}" : $"{name} must be {expected}{when}, not {actual}";
        return $"{sentence}{guess}{EndAfter(guess)}";
    }

    private string DescribeChoice(ValidationError error, string name, string when)
    {
        string choice = SafeText.Sanitize(error.Choice, length: MaxChoiceLength);
        string[] choices = [.. error.Rules.Member("enum").Texts().Select(t => SafeText.Sanitize(t, length: MaxChoiceLength))];
        string guess = choices.Contains(choice) ? "" : NameSuggester.FormatSuggestion(NameSuggester.FindTypo(choice, choices));
        return choice.Length == 0 ? $"{name} must be {_description.Describe(error.Rules)}{when}, but '{SchemaDescription.Format(error.Value)}' contains an empty choice."
            : choices.Contains(choice) ? $"{name} contains '{choice}' more than once{when}."
            : $"{name} must be {_description.Describe(error.Rules)}{when}, not '{choice}'{guess}{EndAfter(guess)}";
    }

    private string DescribeNot(ValidationError error, string name, string when)
    {
        JsonElement? not = error.Rules.Member("not");
        if (error.Path != "$")
        {
            return $"{name} cannot be {(not is JsonElement rules ? _description.Describe(rules) : null) ?? Quoted(error.Value)}{when}.";
        }

        string[] names = [.. not?.Member("required").Texts().Select(NameInput) ?? []];
        return names.Length switch
        {
            0 => $"These inputs cannot be combined{Explain(error)}: {string.Join(", ", GivenInputs(error, not))}{when}.",
            1 => $"{names[0]} is not allowed{when}.",
            _ => $"{SchemaDescription.Join(names, "and")} cannot be combined{when}.",
        };
    }

    // Which of several alternatives was meant.
    private string DescribeAlternatives(ValidationError error, string when)
    {
        JsonElement[] forms = [.. error.Rules.Member(error.Keyword).Items()];
        bool isAboutPresence = forms.All(f => f.Members().All(m => m.Name is "required" or "title" or "description") && f.Member("required").Texts().Count > 0);
        string[] names = [.. forms.Select(f => SchemaDescription.Join([.. f.Member("required").Texts().Select(NameInput)], "with"))];
        if (error.Alternatives.Count > 0)
        {
            return isAboutPresence ? $"{(names.Length == 1 ? "" : "Either ")}{SchemaDescription.Join(names, "or")} is required{when}." : DescribeClosest(error);
        }

        return isAboutPresence
            ? $"Only one of {SchemaDescription.Join(names, "and")} is allowed{when}."
            : $"These inputs belong to alternatives of which only one is allowed{Explain(error)}: {string.Join(", ", forms.SelectMany(f => GivenInputs(error, f)).Distinct())}{when}.";
    }

    // An alternative of the right type whose parts are wrong is the one that was meant.
    private static bool IsInside(IReadOnlyList<ValidationError> form, string path) => form.All(f => f.Path != path);

    private string DescribeClosest(ValidationError error) =>
        string.Join(" ", error.Alternatives.OrderBy(f => IsInside(f, error.Path) ? 0 : 1).ThenBy(f => f.Count).First().Select(f => Describe(f with { Conditions = [.. error.Conditions, .. f.Conditions] })));

    private static IEnumerable<string> GivenInputs(ValidationError error, JsonElement? form) =>
        (form?.Member("properties")?.Members().Select(m => m.Name) ?? []).Concat(form?.Member("required").Texts() ?? [])
            .Where(n => error.Value.Member(n) is not null).Distinct().Select(NameInput);

    private static string Explain(ValidationError error) =>
        SafeText.Sanitize(error.Rules.Text("description"), length: 200).TrimEnd('.') is { Length: > 0 } words ? $" ({words})" : "";

    private static string SuggestMember(ValidationError error) =>
        NameSuggester.FormatSuggestion(NameSuggester.FindTypo(error.Path.Split('.', '\'')[^1], error.Rules.Member("properties")?.Members().Select(m => m.Name) ?? []));

    private static string EndAfter(string guess) => guess.Length > 0 ? "" : ".";

    private static string NameInput(string path)
    {
        string input = RequestValidator.GetInput(path);
        string shown = SafeText.Sanitize(path.StartsWith("$.", StringComparison.Ordinal) ? path[2..] : path.StartsWith("$['", StringComparison.Ordinal) ? input : path, length: 100);
        return $"'{shown}'";
    }

    private static string Quoted(JsonElement value) => SchemaDescription.Format(value) is { Length: > 0 } text ? $"'{text}'" : "empty";
}
