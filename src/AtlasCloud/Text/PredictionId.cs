using System.Text.RegularExpressions;

namespace AtlasCloud.Text;

/// <summary>The syntax of a prediction ID. An ID becomes part of a URL, so anything else is refused before it is sent.</summary>
internal static partial class PredictionId
{
    internal static bool IsValid(string? id) => id is not null && Pattern().IsMatch(id) && id is not ("." or "..");

    /// <summary>Returns a valid ID unchanged.</summary>
    /// <exception cref="AtlasCloudException">InvalidParameter: it is not a valid ID.</exception>
    internal static string Check(string? id)
    {
        if (IsValid(id))
        {
            return id!;
        }

        string shown = SafeText.Sanitize(id, length: 80);
        throw new AtlasCloudException(
            AtlasCloudErrorKind.InvalidParameter,
            $"'{shown}' is not a valid prediction ID: an ID has 1 to 200 letters, digits and the characters . _ : -. Nothing was sent.")
        {
            Reason = AtlasCloudErrorReason.PredictionIdInvalid,
            Value = shown,
            Target = id,
        };
    }

    [GeneratedRegex(@"^[A-Za-z0-9_.:\-]{1,200}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
