using AtlasCloud.PowerShell.Tests.Support;
using Xunit;

namespace AtlasCloud.PowerShell.Tests.Hosted;

/// <summary>A test with several cases that needs an engine, and is skipped with the reason where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class EngineTheoryAttribute : TheoryAttribute
{
    public EngineTheoryAttribute() => Skip = PowerShellEngine.WhyNot;
}
