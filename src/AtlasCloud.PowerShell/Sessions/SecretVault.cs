using System.Management.Automation;
using System.Net;
using System.Security;
using AtlasCloud.PowerShell.Pipeline;

namespace AtlasCloud.PowerShell.Sessions;

/// <summary>Reads and writes secrets with the commands of SecretManagement, if the user has them.</summary>
internal sealed class SecretVault
{
    private readonly CommandInvocationIntrinsics _commands;
    private readonly string? _vault;

    /// <param name="commands">Finds and runs the commands of the user.</param>
    /// <param name="vault">The name of the vault; null for the default vault.</param>
    internal SecretVault(CommandInvocationIntrinsics commands, string? vault) => (_commands, _vault) = (commands, vault);

    /// <summary>Describes a secret: where a key came from.</summary>
    internal string Describe(string name) => _vault is null ? $"secret '{name}'" : $"secret '{name}' in '{_vault}'";

    /// <summary>Returns a secret as text.</summary>
    /// <param name="parameter">The parameter that names the secret.</param>
    /// <param name="name">The name of the secret.</param>
    /// <exception cref="AtlasCloudException">NoSession: there is no command to read it, or it is not text.</exception>
    internal string Read(string parameter, string name)
    {
        if (FindCommand("Get-Secret") is not CommandInfo command)
        {
            throw CmdletErrors.SecretCommandMissing(parameter);
        }

        object? secret = Invoke(command, "", name, null).FirstOrDefault()?.BaseObject;
        return secret switch
        {
            SecureString secure => new NetworkCredential("", secure).Password,
            PSCredential credential => credential.GetNetworkCredential().Password,
            string text => text,
            _ => throw CmdletErrors.SecretNotText(name),
        };
    }

    /// <summary>Fails unless a secret can be stored without overwriting another one.</summary>
    /// <exception cref="AtlasCloudException">InvalidParameter: there is no command to store it. FileExists: the vault contains a secret with this name.</exception>
    internal void EnsureWritable(string name)
    {
        if (FindCommand("Set-Secret") is null)
        {
            throw CmdletErrors.SetSecretMissing();
        }

        // The name can contain wildcards for this command, so the names of what it finds are compared.
        if (FindCommand("Get-SecretInfo") is CommandInfo command
            && Invoke(command, "-ErrorAction Ignore", WildcardPattern.Escape(name), null)
                .Any(found => string.Equals(found?.Properties["Name"]?.Value as string, name, StringComparison.OrdinalIgnoreCase)))
        {
            throw CmdletErrors.SecretExists(name);
        }
    }

    /// <summary>Stores a secret.</summary>
    /// <exception cref="AtlasCloudException">UnexpectedReply: the vault failed.</exception>
    internal void Write(string name, SecureString secret)
    {
        try
        {
            Invoke(FindCommand("Set-Secret")!, "-Secret $Secret -ErrorAction Stop", name, secret);
        }
        catch (RuntimeException exception) when (exception is not PipelineStoppedException)
        {
            throw CmdletErrors.SecretNotSaved(name, exception);
        }
    }

    private CommandInfo? FindCommand(string name) => _commands.GetCommand(name, CommandTypes.Cmdlet | CommandTypes.Function);

    private IEnumerable<PSObject?> Invoke(CommandInfo command, string arguments, string name, SecureString? secret) => _commands.InvokeScript(
        $"param($Command, $Name, $Vault, $Secret) if ($Vault) {{ & $Command -Name $Name -Vault $Vault {arguments} }} else {{ & $Command -Name $Name {arguments} }}",
        command,
        name,
        _vault,
        secret);
}
