using System.Text.Json;
using AtlasCloud.Models;
using AtlasCloud.Text;

namespace AtlasCloud;

/// <summary>The inputs of a model, as its published schema describes them (API reference, section 13).</summary>
public sealed class ModelSchema
{
    private readonly Dictionary<string, ModelParameter> _byName;
    private readonly Lazy<IReadOnlyDictionary<string, JsonElement>> _rules;
    private IReadOnlyList<ModelParameter>? _modelSpecific;

    internal ModelSchema(IReadOnlyList<ModelParameter> parameters, JsonElement input, JsonElement document, string? model = null)
    {
        _byName = parameters.DistinctBy(p => p.Name, StringComparer.Ordinal).ToDictionary(p => p.Name, StringComparer.Ordinal);
        Parameters = ReadOnlyLists.Create(parameters);
        Input = input;
        Document = document;
        Model = model;
        _rules = new(() => SchemaReader.ListProperties(input, document) ?? new Dictionary<string, JsonElement>());
    }

    /// <summary>The ID of the model; null if the schema was read without one.</summary>
    public string? Model { get; }

    /// <summary>All inputs except the model itself, in the service's display order.</summary>
    public IReadOnlyList<ModelParameter> Parameters { get; }

    /// <summary>The inputs that no <see cref="CommonInput"/> sets, for <see cref="GenerationRequest.Parameters"/>, in the service's display order.</summary>
    public IReadOnlyList<ModelParameter> ModelSpecificParameters =>
        _modelSpecific ??= ReadOnlyLists.Create([.. Parameters.Except(Enum.GetValues<CommonInput>().Select(c => FindCommon(c)).OfType<ModelParameter>())]);

    /// <summary>The schema object of the request body, for rules that span several inputs.</summary>
    internal JsonElement Input { get; }

    /// <summary>The document around it, which references point into.</summary>
    internal JsonElement Document { get; }

    /// <summary>Returns an input by name.</summary>
    /// <param name="name">The name. Case decides only between inputs whose names differ in nothing else.</param>
    /// <returns>The input; null if the model has none of this name.</returns>
    public ModelParameter? Find(string name)
    {
        if (_byName.TryGetValue(name, out ModelParameter? exact))
        {
            return exact;
        }

        ModelParameter[] matches = [.. Parameters.Where(p => string.Equals(p.Name, name, StringComparison.OrdinalIgnoreCase))];
        return matches.Length == 1 ? matches[0] : null;
    }

    /// <summary>Returns an input by a name whose words may be joined in any way, such as the header of a column.</summary>
    /// <param name="name">The name. An input of exactly this name takes precedence.</param>
    /// <returns>The input; null if the model has none or several of this name.</returns>
    public ModelParameter? FindByWords(string name)
    {
        if (Find(name) is ModelParameter exact)
        {
            return exact;
        }

        string normalized = InputText.NormalizeName(name);
        ModelParameter[] matches = normalized.Length == 0 ? [] : [.. Parameters.Where(p => InputText.NormalizeName(p.Name) == normalized)];
        return matches.Length == 1 ? matches[0] : null;
    }

    /// <summary>Returns an input by name, as <see cref="Find"/> does.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="AtlasCloudException">InvalidParameter (InputNotFound): the model has no input of this name; Allowed lists its inputs.</exception>
    public ModelParameter Get(string name) => Find(name) ?? throw ModelErrors.InputNotFound(Model, name, [.. Parameters.Select(p => p.Name)]);

    /// <summary>Returns the input that a common input sets.</summary>
    /// <param name="input">The common input.</param>
    /// <param name="hasSeveralMedia">Whether several media are given: an input that accepts a list is preferred then. Default: false.</param>
    /// <returns>The input; null if the model has none for it.</returns>
    public ModelParameter? FindCommon(CommonInput input, bool hasSeveralMedia = false)
    {
        IEnumerable<ModelParameter> declared = CommonInputs.GetNames(input).Select(Find).OfType<ModelParameter>();
        return !CommonInputs.IsMedia(input)
            ? declared.FirstOrDefault()

            // An input called audio can be a switch: a boolean, or yes and no.
            : declared.Where(p => p.Type is "array" or "string" && p.AllowedValues.Count == 0).OrderBy(p => hasSeveralMedia && p.Type != "array" ? 1 : 0).FirstOrDefault();
    }

    /// <summary>Returns the common input that sets an input of the model.</summary>
    /// <param name="parameter">The input of the model.</param>
    /// <returns>The common input; null if the input is specific to the model.</returns>
    public CommonInput? FindCommonInput(ModelParameter parameter)
    {
        foreach (CommonInput input in Enum.GetValues<CommonInput>())
        {
            if (FindCommon(input) == parameter)
            {
                return input;
            }
        }

        return null;
    }

    /// <summary>Returns whether the model accepts a common input. A size is also accepted as a width and a height.</summary>
    /// <param name="input">The common input.</param>
    public bool Accepts(CommonInput input) =>
        FindCommon(input) is not null || (input == CommonInput.Size && Find("width") is not null && Find("height") is not null);

    /// <summary>Returns the schema of one input as it was published; null if there is none.</summary>
    internal JsonElement? Rules(string name) => _rules.Value.TryGetValue(name, out JsonElement rules) ? rules : null;

    /// <summary>Returns the first of these inputs that the model has; null if it has none of them.</summary>
    internal ModelParameter? FindFirst(IEnumerable<string> names) => names.Select(Find).OfType<ModelParameter>().FirstOrDefault();
}
