namespace AtlasCloud.Emulation.Management;

/// <summary>The projects and the API keys that the management API created.</summary>
internal sealed class ManagementStore
{
    private const int MaximumActiveProjects = 20;

    private readonly object _lock = new();
    private readonly List<EmulatedKey> _keys = [];
    private readonly List<EmulatedProject> _projects = [new() { Id = NewProjectId(), Name = "Default", IsDefault = true }];

    /// <summary>Archived projects are included.</summary>
    internal IReadOnlyList<EmulatedProject> Projects
    {
        get
        {
            lock (_lock)
            {
                return _projects.ToArray();
            }
        }
    }

    /// <summary>The secrets of all keys, also of deleted ones, for masking.</summary>
    internal IReadOnlyList<string> Secrets
    {
        get
        {
            lock (_lock)
            {
                return _keys.Select(key => key.Secret).ToArray();
            }
        }
    }

    internal EmulatedProject? FindProject(string id) => Projects.FirstOrDefault(project => project.Id == id);

    /// <summary>Finds a key by its public ID; null also for a deleted one.</summary>
    internal EmulatedKey? FindKey(string id)
    {
        lock (_lock)
        {
            return _keys.Find(key => key.Id == id && !key.IsDeleted);
        }
    }

    /// <summary>Whether there is or was a key with the public ID.</summary>
    internal bool HasKey(string id)
    {
        lock (_lock)
        {
            return _keys.Exists(key => key.Id == id);
        }
    }

    /// <summary>Finds the key that a secret authenticates; null if it is disabled or deleted, or if its project is archived.</summary>
    internal EmulatedKey? Authenticate(string secret)
    {
        lock (_lock)
        {
            return _keys.Find(key => key.Secret == secret && !key.IsDisabled && !key.IsDeleted && !_projects.Exists(p => p.Id == key.ProjectId && p.IsArchived));
        }
    }

    /// <summary>The project of a key. Keys that the management API did not create belong to the default project.</summary>
    internal EmulatedProject ProjectOf(string? keyId)
    {
        lock (_lock)
        {
            string? id = _keys.Find(key => key.Id == keyId)?.ProjectId;
            return _projects.Find(project => project.Id == id) ?? _projects[0];
        }
    }

    internal (EmulatedProject? Project, ManagementError? Error) AddProject(string name, string description, BudgetLimits budget)
    {
        lock (_lock)
        {
            if (_projects.Exists(project => project.Name == name))
            {
                return (null, ManagementError.NameTaken("A project"));
            }

            if (_projects.Count(project => !project.IsArchived) >= MaximumActiveProjects)
            {
                return (null, ManagementError.ProjectLimit);
            }

            EmulatedProject added = new() { Id = NewProjectId(), Name = name, Description = description, Budget = budget };
            _projects.Add(added);
            return (added, null);
        }
    }

    internal (EmulatedProject? Project, ManagementError? Error) SetBudget(string id, BudgetLimits budget)
    {
        lock (_lock)
        {
            int index = _projects.FindIndex(project => project.Id == id);
            return index < 0 ? (null, ManagementError.ProjectNotFound)
                : _projects[index].IsArchived ? (null, ManagementError.ProjectArchived)
                : (_projects[index] = _projects[index] with { Budget = budget }, null);
        }
    }

    internal (EmulatedProject? Project, ManagementError? Error) Archive(string id)
    {
        lock (_lock)
        {
            int index = _projects.FindIndex(project => project.Id == id);
            return index < 0 ? (null, ManagementError.ProjectNotFound)
                : _projects[index].IsDefault ? (null, ManagementError.DefaultProject)
                : (_projects[index] = _projects[index] with { IsArchived = true }, null);
        }
    }

    internal (EmulatedKey? Key, ManagementError? Error) AddKey(string name, string projectId)
    {
        lock (_lock)
        {
            if (_projects.Find(project => project.Id == projectId) is not { } project)
            {
                return (null, ManagementError.ProjectNotFound);
            }

            if (project.IsArchived)
            {
                return (null, ManagementError.ProjectArchived);
            }

            if (_keys.Exists(key => !key.IsDeleted && string.Equals(key.Name, name, StringComparison.OrdinalIgnoreCase)))
            {
                return (null, ManagementError.NameTaken("An API key"));
            }

            string random = Guid.NewGuid().ToString("N");
            EmulatedKey added = new() { Id = "ak_" + random[..22], Secret = $"apikey-emulator-{Guid.NewGuid():N}", Name = name, ProjectId = projectId };
            _keys.Add(added);
            return (added, null);
        }
    }

    /// <summary>Changes a key that is not deleted; null if there is none.</summary>
    internal EmulatedKey? ChangeKey(string id, Func<EmulatedKey, EmulatedKey> change)
    {
        lock (_lock)
        {
            int index = _keys.FindIndex(key => key.Id == id && !key.IsDeleted);
            return index < 0 ? null : _keys[index] = change(_keys[index]);
        }
    }

    private static string NewProjectId() => Guid.NewGuid().ToString("D");
}
