using System.Management.Automation;
using System.Runtime.CompilerServices;
using System.Security;
using AtlasCloud.PowerShell.Binding;

namespace AtlasCloud.PowerShell.Transformations;

/// <summary>Also accepts a key as plain text, and marks it so that the command can warn.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ApiKeyTransformationAttribute : ArgumentTransformationAttribute
{
    // A SecureString holds at most 65,536 characters, and no key is nearly as long.
    private const int MaxLength = 4096;

    private static readonly ConditionalWeakTable<SecureString, object> s_plain = [];

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? value = PSObjects.Unwrap(inputData);
        return value is string text ? FromPlainText(text) : value!;
    }

    /// <summary>Whether a key was specified as plain text.</summary>
    internal static bool IsPlainText(SecureString key) => s_plain.TryGetValue(key, out _);

    private static SecureString FromPlainText(string text)
    {
        if (text.Length > MaxLength)
        {
            throw new ArgumentTransformationMetadataException($"An API key has at most {MaxLength} characters, not {text.Length}.");
        }

        SecureString key = new();
        foreach (char c in text)
        {
            key.AppendChar(c);
        }

        key.MakeReadOnly();
        s_plain.Add(key, key);
        return key;
    }
}
