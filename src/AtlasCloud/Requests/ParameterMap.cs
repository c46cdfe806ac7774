using AtlasCloud.Models;

namespace AtlasCloud.Requests;

/// <summary>Which of a model's inputs stands behind a parameter that is the same for all models.</summary>
internal static class ParameterMap
{
    private static readonly HashSet<string> s_media = new(StringComparer.Ordinal) { "Image", "LastImage", "Video", "Audio" };

    /// <summary>The input that a friendly parameter fills; null where the model has none.</summary>
    /// <param name="schema">The model's inputs.</param>
    /// <param name="friendly">The parameter, without its dash.</param>
    /// <param name="several">Whether several media are to be given, which not each input takes.</param>
    internal static ModelParameter? Find(ModelSchema schema, string friendly, bool several = false)
    {
        string[] names = FriendlyNames.Friendly.FirstOrDefault(f => f.Parameter == friendly).Names ?? [];
        IEnumerable<ModelParameter> declared = names.Select(schema.Find).OfType<ModelParameter>();
        return !s_media.Contains(friendly)
            ? declared.FirstOrDefault()

            // An input called audio can be a switch; and several pictures want the input that takes several.
            : declared.Where(p => p.Type is "array" or "string").OrderBy(p => several && p.Type != "array" ? 1 : 0).FirstOrDefault();
    }

    /// <summary>The inputs that some friendly parameter fills.</summary>
    internal static IReadOnlySet<string> Covered(ModelSchema schema) =>
        FriendlyNames.Friendly.Select(f => Find(schema, f.Parameter)?.Name).OfType<string>().ToHashSet(StringComparer.Ordinal);
}
