using System.Globalization;

namespace AtlasCloud.Soak;

/// <summary>A job: one prediction that must be created exactly once.</summary>
/// <param name="Number">The number of the job, from 1.</param>
internal sealed record Job(int Number)
{
    private const string LabelPrefix = "job-";

    /// <summary>The label of the job in the journal, which is also the prefix of its file names.</summary>
    internal string Label => string.Create(CultureInfo.InvariantCulture, $"{LabelPrefix}{Number:00000}");

    internal GenerationKind Kind => Number % 11 == 0 ? GenerationKind.Video : Number % 7 == 0 ? GenerationKind.Audio : GenerationKind.Image;

    /// <summary>Parses the job number from a label or a prompt; null if the text belongs to no job.</summary>
    internal static int? NumberOf(string? text) =>
        text is not null && text.StartsWith(LabelPrefix, StringComparison.Ordinal) && text.Length >= LabelPrefix.Length + 5
        && int.TryParse(text.AsSpan(LabelPrefix.Length, 5), NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? number
            : null;

    /// <param name="picture">An image file to upload as the first frame of videos.</param>
    internal GenerationRequest ToRequest(string picture)
    {
        string prompt = $"{Label} a lighthouse in the fog";
        return Kind switch
        {
            GenerationKind.Video => new GenerationRequest
            {
                Model = "alibaba/wan-2.6/image-to-video",
                Prompt = prompt,
                Images = [MediaSource.FromFile(picture)],
                Resolution = "720p",
                Duration = 5,
                Label = Label,
            },
            GenerationKind.Audio => new GenerationRequest { Model = "xai/tts-v1", Prompt = prompt, Label = Label },
            _ => new GenerationRequest { Model = "black-forest-labs/flux-schnell", Prompt = prompt, Size = "256*256", Count = Number % 5 == 0 ? 2 : null, Label = Label },
        };
    }
}
