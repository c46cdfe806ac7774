using System.Management.Automation;
using AtlasCloud.PowerShell.Pipeline;

namespace AtlasCloud.PowerShell.Commands;

/// <summary>Finds projects by name.</summary>
internal sealed class ProjectNames
{
    private readonly Lazy<IReadOnlyList<Project>> _all;

    /// <param name="read">Reads the list of projects. Called once, when it is needed.</param>
    internal ProjectNames(Func<IReadOnlyList<Project>> read) => _all = new Lazy<IReadOnlyList<Project>>(read, LazyThreadSafetyMode.PublicationOnly);

    /// <summary>All projects.</summary>
    internal IReadOnlyList<Project> All => _all.Value;

    /// <summary>Returns the projects that match a name, which can contain wildcards.</summary>
    /// <exception cref="AtlasCloudException">ResourceNotFound: a name without wildcards matches no project.</exception>
    internal IEnumerable<Project> Find(string name)
    {
        if (All.FirstOrDefault(p => p.Name == name) is Project exact)
        {
            return [exact];
        }

        WildcardPattern pattern = WildcardPattern.Get(name, WildcardOptions.IgnoreCase);
        Project[] matches = [.. All.Where(p => pattern.IsMatch(p.Name))];
        return matches.Length > 0 || WildcardPattern.ContainsWildcardCharacters(name) ? matches : throw CmdletErrors.ProjectNameUnknown(name);
    }

    /// <summary>Returns the ID of a project: an ID as it is, without a request, and a name from the list.</summary>
    /// <exception cref="AtlasCloudException">ResourceNotFound: no project has the name. InvalidParameter: several projects match it without regard to case.</exception>
    internal string ResolveId(string nameOrId)
    {
        if (Guid.TryParse(nameOrId, out _))
        {
            return nameOrId;
        }

        Project[] matches = [.. All.Where(p => p.Name == nameOrId)];
        matches = matches.Length > 0 ? matches : [.. All.Where(p => p.Name.Equals(nameOrId, StringComparison.OrdinalIgnoreCase))];
        return matches switch
        {
            [Project only] => only.Id,
            [] => throw CmdletErrors.ProjectNameUnknown(nameOrId),
            _ => throw CmdletErrors.ProjectNameAmbiguous(nameOrId),
        };
    }
}
