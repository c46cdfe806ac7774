using AtlasCloud.PowerShell.Tests.Support;
using Xunit;

namespace AtlasCloud.PowerShell.Tests.Hosted;

/// <summary>A test that needs an engine, and is skipped with the reason where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class EngineFactAttribute : FactAttribute
{
    public EngineFactAttribute() => Skip = PowerShellEngine.WhyNot;
}
