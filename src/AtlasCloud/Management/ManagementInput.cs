using System.Globalization;
using AtlasCloud.Json;
using AtlasCloud.Text;

namespace AtlasCloud.Management;

/// <summary>Checks inputs before they are sent: the limits that the service documents.</summary>
internal static class ManagementInput
{
    private const int MaxKeyIdLength = 64;

    /// <summary>Returns a name without white space at its ends.</summary>
    internal static string RequireName(string name, int minimum, int maximum)
    {
        string trimmed = name.Trim();
        return trimmed.Length >= minimum && trimmed.Length <= maximum && !trimmed.Any(char.IsControl)
            ? trimmed
            : throw ManagementErrors.InvalidInput(
                "Name", SafeText.Sanitize(name, length: 100), $"a name has from {minimum} to {maximum} characters, none of them a control character");
    }

    internal static string RequireDescription(string? description)
    {
        const int Maximum = 50;
        string text = description ?? "";
        return text.Length <= Maximum
            ? text
            : throw ManagementErrors.InvalidInput("Description", SafeText.Sanitize(text, length: 100), $"a description has at most {Maximum} characters");
    }

    /// <summary>Returns a project ID as the service writes it.</summary>
    internal static string RequireProjectId(string id) => Guid.TryParse(id, out Guid parsed)
        ? parsed.ToString("D")
        : throw ManagementErrors.InvalidInput("Project", SafeText.Sanitize(id, length: 100), "a project ID is a UUID");

    /// <summary>Returns a public key ID. The error masks a key that was specified in its place.</summary>
    internal static string RequireKeyId(string id)
    {
        string trimmed = id.Trim();
        return trimmed.StartsWith("ak_", StringComparison.Ordinal) && trimmed.Length <= MaxKeyIdLength && trimmed.All(c => char.IsAsciiLetterOrDigit(c) || c == '_')
            ? trimmed
            : throw ManagementErrors.InvalidInput("ApiKeyId", SafeText.Sanitize(id, length: 100), "the public ID of a key begins with ak_, and is not the key itself");
    }

    internal static void RequireAmount(string input, decimal? amount)
    {
        if (amount is decimal value && (value <= 0m || value > Money.MaxAmount || decimal.Round(value, 6) != value))
        {
            throw ManagementErrors.InvalidInput(
                input, value.ToString(CultureInfo.InvariantCulture), "an amount is greater than zero and has at most six decimal places");
        }
    }

    internal static void RequirePercent(string input, int percent)
    {
        if (percent is < 1 or > 100)
        {
            throw ManagementErrors.InvalidInput(input, percent.ToString(CultureInfo.InvariantCulture), "a percentage is between 1 and 100");
        }
    }
}
