using System.Management.Automation;
using System.Reflection;
using AtlasCloud.PowerShell.Tests.Support;
using AtlasCloud.PowerShell.Transformations;

namespace AtlasCloud.PowerShell.Tests.Hosted;

public sealed class NumberArgumentTests(ModuleShell shell) : IClassFixture<ModuleShell>
{
    private const string Flux = "black-forest-labs/flux-dev";

    [Theory]
    [InlineData("-Duration '1,5'", "must be a number such as 1.5, not '1,5'")]
    [InlineData("-Duration '0,5'", "must be a number such as 1.5, not '0,5'")]
    [InlineData("-Duration '1 000'", "must be a number such as 1.5, not '1 000'")]
    [InlineData("-Duration ([timespan]'0:0:10')", "must be a number such as 1.5, not '00:00:10'")]
    [InlineData("-MaxCost '0,50'", "must be a number such as 1.5, not '0,50'")]
    [InlineData("-MaxCost '$1'", "must be a number such as 1.5, not '$1'")]
    [InlineData("-MaxCost -0.5", "must be between 0 and")]
    [InlineData("-Count 1.5", "must be a whole number such as 7, not '1.5'")]
    [InlineData("-Count $true", "must be a whole number such as 7, not 'True'")]
    [InlineData("-Count 99999999999", "must be a smaller number")]
    [InlineData("-Seed 7.6", "must be a whole number such as 7, not '7.6'")]
    [InlineData("-Seed '0x10'", "must be a whole number such as 7, not '0x10'")]
    [InlineData("-GuidanceScale '1,5'", "must be a number such as 1.5, not '1,5'")]
    [InlineData("-NumInferenceSteps '5,5'", "must be a whole number such as 7, not '5,5'")]
    [InlineData("-ThrottleLimit '1,5'", "must be a whole number such as 7, not '1,5'")]
    [InlineData("-OutputExpiration '1,5h'", "must be a time such as 90 (seconds), 90s, 5m, 2h or 00:05:00, not '1,5h'")]
    public void Argument_is_an_error_that_shows_the_value_and_an_example(string argument, string expected) =>
        Assert.Contains(expected, shell.Run($"New-AtlasImage 'x' -Model {Flux} {argument}").Refusal.ToString(), StringComparison.Ordinal);

    [Theory]
    [InlineData("New-AtlasSession -Emulator -Budget '2,50'", "not '2,50'")]
    [InlineData("New-AtlasSession -Emulator -Budget ''", "")]
    [InlineData("New-AtlasSession -Emulator -RequestTimeout '8,5'", "not '8,5'")]
    [InlineData("Invoke-AtlasChat hi -Model m -Temperature '0,5'", "not '0,5'")]
    [InlineData("Invoke-AtlasChat hi -Model m -MaxTokens 1.5", "not '1.5'")]
    [InlineData("Invoke-AtlasChat hi -Model m -TopP 1.5", "must be between 0 and 1, not '1.5'")]
    public void Argument_of_other_commands_is_an_error(string script, string expected) =>
        Assert.Contains(expected, shell.Run(script).Refusal.ToString(), StringComparison.Ordinal);

    [Theory]
    [InlineData("-GuidanceScale '1.5'", "guidance_scale", "1.5")]
    [InlineData("-GuidanceScale 1.50", "guidance_scale", "1.50")]
    [InlineData("-Seed ' 7 '", "seed", "7")]
    [InlineData("-Seed 7.0", "seed", "7")]
    [InlineData("-Seed 2147483647", "seed", "2147483647")]
    [InlineData("-Count '1e0'", "num_images", "1")]
    [InlineData("-Parameters @{ seed = '7'; num_images = 1.0 }", "seed", "7")]
    public void Argument_is_read_exactly(string argument, string member, string expected) =>
        Assert.Equal(decimal.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), shell.Run($"New-AtlasImage 'x' -Model {Flux} {argument}").WithoutWarnings().Body[member]!.GetValue<decimal>());

    [Theory]
    [InlineData("300", 300)]
    [InlineData("'300'", 300)]
    [InlineData("1.5", 1.5)]
    [InlineData("'90s'", 90)]
    [InlineData("'5m'", 300)]
    [InlineData("'2 H'", 7200)]
    [InlineData("'1d'", 86400)]
    [InlineData("'250ms'", 0.25)]
    [InlineData("00:05:00", 300)]
    [InlineData("'1.00:00:00'", 86400)]
    [InlineData("([timespan]::FromMinutes(2))", 120)]
    public void Time_is_read_with_seconds_as_its_unit(string value, double seconds)
    {
        foreach (string parameter in new[] { "PollInterval", "PollTimeout", "RequestTimeout" })
        {
            ModuleRun run = shell.Run($"(New-AtlasSession -BaseUri http://127.0.0.1:1 -{parameter} {value}).{parameter}.TotalSeconds").WithoutErrors();
            Assert.Equal(seconds, Assert.Single(run.Output).BaseObject);
        }
    }

    [Theory]
    [InlineData("'soon'")]
    [InlineData("'5x'")]
    [InlineData("'s'")]
    [InlineData("'1e300'")]
    [InlineData("'1:2:3:4:5:6'")]
    [InlineData("(Get-Date)")]
    public void Time_that_cannot_be_read_is_an_error(string value) =>
        Assert.Contains("must be a time such as 90 (seconds)", shell.Run($"New-AtlasSession -BaseUri http://127.0.0.1:1 -PollTimeout {value}").Refusal.ToString(), StringComparison.Ordinal);

    [Fact]
    public void Timeout_of_300_waits_for_seconds_and_not_for_ticks()
    {
        ModuleRun run = shell.Run($"New-AtlasImage 'x' -Model {Flux} | Wait-AtlasPrediction -Timeout 300 -PollInterval 0.01").WithoutWarnings();
        Assert.Equal(PredictionState.Succeeded, ((Prediction)run.Output[0].BaseObject).State);
    }

    [Fact]
    public void Every_parameter_that_is_a_number_or_a_time_is_read_strictly()
    {
        IEnumerable<string> lenient =
            from type in typeof(Session).Assembly.GetExportedTypes().Where(t => typeof(PSCmdlet).IsAssignableFrom(t))
            from property in type.GetProperties().Where(p => p.IsDefined(typeof(ParameterAttribute)))
            let inner = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType
            where inner == typeof(TimeSpan)
                ? !property.IsDefined(typeof(TimeSpanTransformationAttribute))
                : (inner == typeof(int) || inner == typeof(long) || inner == typeof(decimal) || inner == typeof(double))
                    && property.GetCustomAttribute<NumberTransformationAttribute>()?.Type != inner
            select $"{type.Name}.{property.Name}";
        Assert.Empty(lenient);
    }
}
