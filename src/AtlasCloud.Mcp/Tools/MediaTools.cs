using System.Text.Json.Nodes;
using AtlasCloud.Mcp.Results;

namespace AtlasCloud.Mcp.Tools;

/// <summary>upload_media.</summary>
internal sealed class MediaTools(AtlasCloudClient client, MediaArguments media)
{
    internal async Task<ToolResult> UploadAsync(ToolCall call, CancellationToken cancellationToken)
    {
        string path = media.ReadPath(call.Arguments.RequiredText("path"), "path");
        Media uploaded = await client.Media.UploadAsync(path, cancellationToken: cancellationToken).ConfigureAwait(false);
        return new ToolResult(new JsonObject
        {
            ["url"] = uploaded.Uri.AbsoluteUri,
            ["name"] = DataText.Line(uploaded.Name, 255),
            ["kind"] = uploaded.Kind.ToWord(),
            ["content_type"] = uploaded.ContentType,
            ["bytes"] = uploaded.Length,
            ["sha256"] = uploaded.Sha256,
        });
    }
}
