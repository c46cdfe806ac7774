using System.Text.RegularExpressions;
using AtlasCloud.Text;

namespace AtlasCloud.Predictions;

/// <summary>What an id may look like. It becomes part of an address, so anything else is refused before it is sent.</summary>
internal static partial class PredictionId
{
    internal static bool IsValid(string? id) => id is not null && Pattern().IsMatch(id) && id is not ("." or "..");

    /// <exception cref="AtlasCloudException">It cannot be an id.</exception>
    internal static string Check(string? id) => IsValid(id)
        ? id!
        : throw new AtlasCloudException(
            AtlasCloudErrorKind.InvalidParameter,
            $"'{SafeText.Sanitize(id, length: 80)}' cannot be a prediction id: it has up to 200 letters, digits and . _ : -. Nothing was sent.")
        {
            RecommendedAction = "Give the id that New-AtlasImage, New-AtlasVideo or New-AtlasAudio returned; Get-AtlasPrediction -History lists earlier ones.",
            Target = id,
        };

    [GeneratedRegex(@"^[A-Za-z0-9_.:\-]{1,200}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
