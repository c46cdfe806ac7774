using System.Globalization;

namespace AtlasCloud.Soak;

/// <summary>One thing that somebody wants made once.</summary>
/// <param name="Number">Which one, from 1.</param>
internal sealed record Job(int Number)
{
    private const string LabelPrefix = "job-";

    /// <summary>The name of the job in the journal and of its files.</summary>
    internal string Label => string.Create(CultureInfo.InvariantCulture, $"{LabelPrefix}{Number:00000}");

    internal GenerationKind Kind => Number % 11 == 0 ? GenerationKind.Video : Number % 7 == 0 ? GenerationKind.Audio : GenerationKind.Image;

    /// <summary>The number of a job by its label, or by a prompt that begins with it; null for what is no job.</summary>
    internal static int? NumberOf(string? text) =>
        text is not null && text.StartsWith(LabelPrefix, StringComparison.Ordinal) && text.Length >= LabelPrefix.Length + 5
        && int.TryParse(text.AsSpan(LabelPrefix.Length, 5), NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? number
            : null;

    /// <param name="picture">A picture on disk that videos begin with; it is uploaded for each.</param>
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
