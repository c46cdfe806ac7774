using System.Management.Automation;
using System.Management.Automation.Host;
using AtlasCloud.PowerShell.Tests.Support;

namespace AtlasCloud.PowerShell.Tests.Hosted;

/// <summary>Confirmation in a host that cannot ask, such as a console at the end of its input.</summary>
public sealed class ConfirmationTests : IDisposable
{
    private const string Image = "google/nano-banana-2/text-to-image";

    private readonly RecordingHost _host = new();
    private readonly ModuleShell _shell;

    public ConfirmationTests() => _shell = new ModuleShell(_host);

    public void Dispose() => _shell.Dispose();

    [Theory]
    [InlineData("'a' | New-AtlasImage -Model " + Image)]
    [InlineData("New-AtlasImage a -Model " + Image + " -Reuse")]
    [InlineData("Invoke-AtlasChat a -Model deepseek-ai/deepseek-v3.2")]
    [InlineData("Send-AtlasMedia hills.png")]
    [InlineData("Register-AtlasAsset https://example.com/hills.png")]
    [InlineData("Remove-AtlasAsset asset-20260101-abcde")]
    [InlineData("Set-AtlasDefault -ThrottleLimit 4")]
    [InlineData("$emulator | Stop-AtlasEmulator")]
    public void Confirm_is_an_error_and_nothing_is_submitted_when_the_host_cannot_ask(string command)
    {
        _shell.Write("hills.png", "x");
        ErrorRecord error = _shell.Run(command + " -Confirm").Refusal;

        Assert.StartsWith("InvalidParameter,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal("The host cannot ask for confirmation, so the operation was not performed.", error.ToString());
        Assert.Contains("-Confirm:$false", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void Confirm_is_an_error_whatever_the_question_of_the_host_throws() => Assert.All(
        new Exception[] { Activator.CreateInstance<NullReferenceException>(), new NotImplementedException(), new PSInvalidOperationException("x"), new HostException("x"), new EndOfStreamException() },
        failure =>
        {
            _host.ChoiceFailure = failure;
            Assert.StartsWith("InvalidParameter,", _shell.Run($"New-AtlasImage a -Model {Image} -Confirm").Refusal.FullyQualifiedErrorId, StringComparison.Ordinal);
        });

    [Fact]
    public void Request_is_submitted_without_a_question_with_Confirm_false() =>
        Assert.Equal("a", _shell.Run($"$ConfirmPreference = 'Low'; New-AtlasImage a -Model {Image} -Confirm:$false").WithoutErrors()["prompt"]);
}
