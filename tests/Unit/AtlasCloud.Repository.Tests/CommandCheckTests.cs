namespace AtlasCloud.Repository.Tests;

public sealed class CommandCheckTests
{
    [Theory]
    [InlineData("./build.sh package -SkipTests")]
    [InlineData("output/engine/pwsh -NoLogo -NoProfile -File build.ps1 test -PackagePath output/packages/*.nupkg")]
    [InlineData("dotnet tool run pwsh -- -NoLogo -File ./build.ps1")]
    [InlineData("dotnet test --solution AtlasCloud.PowerShell.sln")]
    [InlineData("gh release create \"$GITHUB_REF_NAME\" output/packages/*")]
    public void A_command_whose_files_tasks_and_parameters_exist_is_accepted(string command) => Assert.Empty(CommandCheck.Missing(command));

    [Theory]
    [InlineData("./biuld.sh test", "There is no file or folder 'biuld.sh'.")]
    [InlineData("./build.sh tests", "build.ps1 has no task 'tests'.")]
    [InlineData("./build.sh test -Suites Unit", "build.ps1 has no parameter -Suites.")]
    [InlineData("pwsh -NoProfile -File build.ps1 package -Tags v1", "build.ps1 has no parameter -Tags.")]
    [InlineData("dotnet build tests/Unit/Nothing.Tests", "There is no file or folder 'tests/Unit/Nothing.Tests'.")]
    [InlineData("./tools/Packaging/Publish-Release.ps1 -Folder output", "tools/Packaging/Publish-Release.ps1 has no parameter -Folder.")]
    [InlineData("dotnet tool run nothing", ".config/dotnet-tools.json has no command 'nothing'.")]
    public void A_command_that_names_something_missing_is_rejected(string command, string message) =>
        Assert.Equal(message, Assert.Single(CommandCheck.Missing(command)));
}
