using System.Collections.Specialized;
using AtlasCloud.PowerShell.DynamicParameters;

namespace AtlasCloud.PowerShell.Binding;

/// <summary>
/// Removes inputs that one of several models lacks, with a warning for that model. An input that none of the models has is kept, so that it is an error as
/// with a single model: it is a mistake, not a difference between the models.
/// </summary>
/// <param name="all">The inputs of all models of the command; null for one that publishes none.</param>
/// <param name="skipsValidation">Whether inputs that a model lacks are sent anyway.</param>
internal sealed class ModelFilter(IEnumerable<ModelInputs?> all, bool skipsValidation)
{
    private readonly ModelInputs?[] _all = [.. all];

    /// <summary>Returns the request without the common inputs that its model lacks.</summary>
    /// <param name="request">The request.</param>
    /// <param name="own">The inputs of its model; null if it publishes none.</param>
    /// <param name="reporter">Warns about what is removed.</param>
    internal GenerationRequest Apply(GenerationRequest request, ModelInputs? own, ColumnReporter reporter)
    {
        bool Lacks(CommonInput input, bool isGiven)
        {
            bool lacks = isGiven && IsMissing(own, i => i.Schema.Accepts(input));
            if (lacks)
            {
                reporter.ReportMissing(input.ToString(), request.Model);
            }

            return lacks;
        }

        return request with
        {
            NegativePrompt = Lacks(CommonInput.NegativePrompt, request.NegativePrompt is not null) ? null : request.NegativePrompt,
            Images = Lacks(CommonInput.Image, request.Images.Count > 0) ? [] : request.Images,
            LastImage = Lacks(CommonInput.LastImage, request.LastImage is not null) ? null : request.LastImage,
            Videos = Lacks(CommonInput.Video, request.Videos.Count > 0) ? [] : request.Videos,
            Audios = Lacks(CommonInput.Audio, request.Audios.Count > 0) ? [] : request.Audios,
            Seed = Lacks(CommonInput.Seed, request.Seed is not null) ? null : request.Seed,
            AspectRatio = Lacks(CommonInput.AspectRatio, request.AspectRatio is not null) ? null : request.AspectRatio,
            Resolution = Lacks(CommonInput.Resolution, request.Resolution is not null) ? null : request.Resolution,
            Size = Lacks(CommonInput.Size, request.Size is not null) ? null : request.Size,
            Duration = Lacks(CommonInput.Duration, request.Duration is not null) ? null : request.Duration,
            Count = Lacks(CommonInput.Count, request.Count is not null) ? null : request.Count,
            Prompt = Lacks(CommonInput.Prompt, request.Prompt is not null) ? null : request.Prompt,
        };
    }

    /// <summary>Removes the inputs by the model's own names that the model lacks.</summary>
    /// <param name="members">The inputs.</param>
    /// <param name="own">The inputs of the model; null if it publishes none.</param>
    /// <param name="model">The model.</param>
    /// <param name="reporter">Warns about what is removed.</param>
    internal void Apply(OrderedDictionary members, ModelInputs? own, string model, ColumnReporter reporter)
    {
        foreach (string name in members.Keys.Cast<object>().Select(k => k.ToString()!).Where(n => IsMissing(own, i => i.Schema.Find(n) is not null)).ToArray())
        {
            members.Remove(name);
            reporter.ReportMissingMember(name, model);
        }
    }

    private bool IsMissing(ModelInputs? own, Func<ModelInputs, bool> has) =>
        !skipsValidation && own is not null && !has(own) && _all.Any(o => o is null || has(o));
}
