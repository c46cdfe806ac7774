using System.Collections.ObjectModel;
using System.Management.Automation;

namespace AtlasCloud.PowerShell.Commands;

/// <summary>Completes the commands of the interactive chat with their models and paths.</summary>
/// <param name="models">The cached catalog.</param>
internal sealed class ConsoleCompleter(ModelCatalog models)
{
    private const int MaxModels = 200;

    /// <summary>Returns the texts that can replace what was typed.</summary>
    internal IReadOnlyList<string> Complete(string typed)
    {
        int space = typed.IndexOf(' ', StringComparison.Ordinal);
        if (!typed.StartsWith('/') || typed.Contains('\n', StringComparison.Ordinal))
        {
            return [];
        }

        if (space < 0)
        {
            return [.. ConsoleCommand.All.Where(c => c.Name.StartsWith(typed, StringComparison.OrdinalIgnoreCase)).Select(c => c.Argument is null ? c.Name : c.Name + " ")];
        }

        string name = typed[..space].ToLowerInvariant();
        string argument = typed[space..].TrimStart();
        IEnumerable<string> found = name == "/model" ? FindModels(argument)
            : ConsoleCommand.All.Any(c => c.Name == name && c.TakesPath) ? FindPaths(argument)
            : [];
        return [.. found.Select(f => $"{name} {f}")];
    }

    // IDs that start with the text come before those that contain it.
    private IEnumerable<string> FindModels(string text)
    {
        return models.PrefetchAsync().GetAwaiter().GetResult()
            .Where(m => m.Kind == ModelKind.Chat && !m.IsHidden && m.Id.Contains(text, StringComparison.OrdinalIgnoreCase))
            .OrderByDescending(m => m.Id.StartsWith(text, StringComparison.OrdinalIgnoreCase))
            .Select(m => m.Id)
            .Take(MaxModels);
    }

    // The engine quotes paths as arguments of PowerShell; here the rest of the line is the path.
    private static IEnumerable<string> FindPaths(string text)
    {
        Collection<CompletionResult> found = [.. CompletionCompleters.CompleteFilename(text)];
        return found.Select(f => f.CompletionText).Select(t => t.Length > 1 && t[0] == '\'' && t[^1] == '\'' ? t[1..^1].Replace("''", "'", StringComparison.Ordinal) : t);
    }
}
