using System.Globalization;
using System.Text.Json;
using AtlasCloud.Json;
using AtlasCloud.JsonSchema;
using AtlasCloud.Models;
using AtlasCloud.Text;

namespace AtlasCloud.Requests;

/// <summary>Puts what a schema forbids into sentences about inputs, with what would be allowed.</summary>
/// <param name="schema">What the model takes.</param>
/// <param name="friendly">The friendly parameter, with its dash, through which an input was given.</param>
internal sealed class ValidationMessages(ModelSchema schema, IReadOnlyDictionary<string, string> friendly)
{
    private readonly SchemaDescription _expectation = new(schema.Document);
    private readonly ConditionDescription _conditions = new(schema.Document);

    /// <summary>One sentence, or several where the nearest of several forms has several faults.</summary>
    internal string Of(ValidationError fault)
    {
        string name = Name(fault.Path);
        string when = _conditions.Of(fault.Conditions);
        return fault.Keyword switch
        {
            "required" => $"{name} is required{when}.",
            "additionalProperties" => $"{name} is not known{NearestMember(fault)}{Stop(NearestMember(fault))}",
            "false" => $"{name} cannot be given{when}.",
            "not" => Not(fault, name, when),
            "anyOf" or "oneOf" when fault.Path == "$" => Together(fault, when),
            "anyOf" or "oneOf" when fault.Forms.Any(f => IsInside(f, fault.Path)) => Nearest(fault),
            "format" when fault.Rules.Text("format") is "uri" or "url" => $"{name} has to be an address such as https://example.com/file{when}, not {Quoted(fault.Value)}.",
            "uniqueItems" or "contains" or "minProperties" or "maxProperties" or "pattern" or "format" => $"{name} {SafeText.Sanitize(fault.Message)}{when}.",
            _ => Expected(fault, name, when),
        };
    }

    private string Expected(ValidationError fault, string name, string when)
    {
        if (_expectation.Of(fault.Rules) is not string expected)
        {
            return $"{name} {SafeText.Sanitize(fault.Message)}{when}.";
        }

        string has = fault.Keyword switch
        {
            "minLength" or "maxLength" => JsonText.Piece(fault.Value).EnumerateRunes().Count().ToString(CultureInfo.InvariantCulture),
            "minItems" or "maxItems" => fault.Value.GetArrayLength().ToString(CultureInfo.InvariantCulture),
            _ => Quoted(fault.Value),
        };
        string guess = fault.Value.ValueKind == JsonValueKind.String
            ? NearestName.Hint(NearestName.Of(JsonText.Piece(fault.Value), fault.Rules.Member("enum").Texts().Select(t => SafeText.Sanitize(t, length: 60))))
            : "";
        return $"{name} has to be {expected}{when}, not {has}{guess}{Stop(guess)}";
    }

    private string Not(ValidationError fault, string name, string when)
    {
        JsonElement? not = fault.Rules.Member("not");
        if (fault.Path != "$")
        {
            return $"{name} cannot be {(not is JsonElement rules ? _expectation.Of(rules) : null) ?? Quoted(fault.Value)}{when}.";
        }

        string[] names = [.. not?.Member("required").Texts().Select(Name) ?? []];
        return names.Length switch
        {
            0 => $"These inputs do not go together{About(fault)}: {string.Join(", ", Given(fault, not))}{when}.",
            1 => $"{names[0]} cannot be given{when}.",
            _ => $"{SchemaDescription.Joined(names, "and")} cannot be given together{when}.",
        };
    }

    // Which of several ways to ask was meant.
    private string Together(ValidationError fault, string when)
    {
        JsonElement[] forms = [.. fault.Rules.Member(fault.Keyword).Items()];
        bool isAboutPresence = forms.All(f => f.Members().All(m => m.Name is "required" or "title" or "description") && f.Member("required").Texts().Count > 0);
        string[] names = [.. forms.Select(f => SchemaDescription.Joined([.. f.Member("required").Texts().Select(Name)], "with"))];
        if (fault.Forms.Count > 0)
        {
            return isAboutPresence ? $"{(names.Length == 1 ? "" : "Either ")}{SchemaDescription.Joined(names, "or")} is required{when}." : Nearest(fault);
        }

        return isAboutPresence
            ? $"Only one of {SchemaDescription.Joined(names, "and")} can be given{when}."
            : $"Only one of several ways to ask can be used{About(fault)}, and these inputs fit more than one: {string.Join(", ", forms.SelectMany(f => Given(fault, f)).Distinct())}{when}.";
    }

    // A form of the right type whose parts are wrong is the one that was meant.
    private static bool IsInside(IReadOnlyList<ValidationError> form, string path) => form.All(f => f.Path != path);

    private string Nearest(ValidationError fault) =>
        string.Join(" ", fault.Forms.OrderBy(f => IsInside(f, fault.Path) ? 0 : 1).ThenBy(f => f.Count).First().Select(f => Of(f with { Conditions = [.. fault.Conditions, .. f.Conditions] })));

    private IEnumerable<string> Given(ValidationError fault, JsonElement? form) =>
        (form?.Member("properties")?.Members().Select(m => m.Name) ?? []).Concat(form?.Member("required").Texts() ?? [])
            .Where(n => fault.Value.Member(n) is not null).Distinct().Select(Name);

    private static string About(ValidationError fault) =>
        SafeText.Sanitize(fault.Rules.Text("description"), length: 200).TrimEnd('.') is { Length: > 0 } words ? $" ({words})" : "";

    private static string NearestMember(ValidationError fault) =>
        NearestName.Hint(NearestName.Of(fault.Path.Split('.', '\'')[^1], fault.Rules.Member("properties")?.Members().Select(m => m.Name) ?? []));

    private static string Stop(string guess) => guess.Length > 0 ? "" : ".";

    private string Name(string path)
    {
        string input = RequestValidator.InputOf(path);
        string shown = SafeText.Sanitize(path.StartsWith("$.", StringComparison.Ordinal) ? path[2..] : path.StartsWith("$['", StringComparison.Ordinal) ? input : path, length: 100);
        return friendly.TryGetValue(input, out string? parameter) ? $"'{shown}' ({parameter})" : $"'{shown}'";
    }

    private static string Quoted(JsonElement value) => SchemaDescription.Shown(value) is { Length: > 0 } text ? $"'{text}'" : "empty";
}
