using AtlasCloud.PowerShell.Tests.Support;

namespace AtlasCloud.PowerShell.Tests.Hosted;

public sealed class CultureTests(ModuleShell shell) : IClassFixture<ModuleShell>
{
    public static TheoryData<string> Scripts =>
    [
        "New-AtlasImage 'i' -Model black-forest-labs/flux-dev -GuidanceScale 1.5 -Seed 1234567 -Count 2",
        "New-AtlasImage 'i' -Model black-forest-labs/flux-dev -GuidanceScale '1.5' -Parameters @{ num_images = '2'; num_inference_steps = 20.0 }",
        "[pscustomobject]@{ PROMPT = 'i'; 'GUIDANCE SCALE' = '2.5'; 'NUM IMAGES' = '2'; SIZE = '512x512'; MAXCOST = '5.5' } | New-AtlasImage -Model black-forest-labs/flux-dev",
        "@{ prompt = 'i'; guidance_scale = 2.5; enable_safety_checker = 'TRUE' } | New-AtlasImage -Model black-forest-labs/flux-dev",
        "1.5, 2e3 | New-AtlasImage -Model google/nano-banana-2/text-to-image -ThrottleLimit 1",
        "@{ Prompt = 'i'; Duration = 5.5 } | New-AtlasVideo -Model alibaba/wan-3.0/text-to-video -OutputExpiration '36h'",
        "[pscustomobject]@{ Message = 'i'; TEMPERATURE = '0.5'; TOP_P = 0.25; MAXTOKENS = '9' } | Invoke-AtlasChat -Model deepseek-ai/deepseek-v3.2",
        "@{ Prompt = 'i'; Seed = [datetime]'2026-01-02'; Label = 'x' } | New-AtlasImage -Model google/nano-banana-2/text-to-image",
        "New-AtlasImage 'i' -Model black-forest-labs/flux-dev -GuidanceScale '1,5'",
        "New-AtlasImage 'i' -Model black-forest-labs/flux-dev -Seed '۱۲'",
        "New-AtlasImage 'i' -Model seedream-3.0 -SkipValidation -Parameters @{ weight = 0.1; big = 1e21; when = [datetime]'2026-01-02'; half = [single]0.5 }",
    ];

    [Theory]
    [MemberData(nameof(Scripts))]
    public void Body_and_outcome_are_the_same_in_every_culture(string script)
    {
        ModuleRun expected = shell.Run(script);
        foreach (string culture in new[] { "de-DE", "tr-TR", "fa-IR" })
        {
            Assert.Equal(culture, Assert.Single(shell.Run("[cultureinfo]::CurrentCulture.Name", culture).Output).BaseObject);
            ModuleRun run = shell.Run(script, culture);
            Assert.Equal(expected.Bodies.Select(b => b.ToJsonString()), run.Bodies.Select(b => b.ToJsonString()));
            Assert.Equal(expected.Errors.Select(e => e.ToString()), run.Errors.Select(e => e.ToString()));
            Assert.Equal(expected.Warnings, run.Warnings);
        }

        Assert.True(expected.Bodies.Count + expected.Errors.Count > 0);
    }
}
