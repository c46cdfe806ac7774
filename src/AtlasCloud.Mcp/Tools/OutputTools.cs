using System.Text.Json.Nodes;
using AtlasCloud.Mcp.Results;
using AtlasCloud.Mcp.Safety;
using ModelContextProtocol.Protocol;

namespace AtlasCloud.Mcp.Tools;

/// <summary>save_output.</summary>
internal sealed class OutputTools(AtlasCloudClient client, RootFolder root)
{
    internal async Task<ToolResult> SaveAsync(ToolCall call, CancellationToken cancellationToken)
    {
        string folder = root.Resolve(call.Arguments.Text("folder") ?? "", "folder");
        OutputSaver saver = client.Outputs.CreateSaver(new SaveOptions
        {
            Folder = folder,
            NameTemplate = call.Arguments.Text("name") ?? SaveOptions.DefaultNameTemplate,
            AcceptIdentical = true,
            IncludeAll = call.Arguments.Flag("include_all") == true,
        });
        string id = call.Arguments.RequiredText("prediction_id");
        Prediction known = client.Predictions.Recent.FirstOrDefault(p => p.Id == id) ?? await client.Predictions.GetAsync(id, cancellationToken).ConfigureAwait(false);
        SavePlan plan = await saver.PlanAsync(known, cancellationToken).ConfigureAwait(false);
        List<SavedFile> saved = [.. plan.SavedFiles];
        foreach (PlannedFile file in plan.Files)
        {
            saved.Add(await saver.SaveAsync(file, cancellationToken: cancellationToken).ConfigureAwait(false));
            await call.Report(saved.Count, plan.SavedFiles.Count + plan.Files.Count, DataText.Line(file.Name, 200)).ConfigureAwait(false);
        }

        List<ContentBlock> content = [.. saved.Select(LinkTo)];
        if (call.Arguments.Flag("preview") != false)
        {
            content.AddRange(await FilePreview.CreateAsync(saved, cancellationToken).ConfigureAwait(false));
        }

        return new ToolResult(new JsonObject
        {
            ["prediction_id"] = DataText.Line(plan.Prediction.Id, 200),
            ["files"] = new JsonArray([.. saved.Select(Describe)]),
        })
        {
            Content = content,
        };
    }

    private JsonObject Describe(SavedFile file)
    {
        JsonObject result = new()
        {
            ["path"] = root.MakeRelative(file.Path),
            ["full_path"] = file.Path,
            ["bytes"] = file.Length,
            ["content_type"] = FilePreview.ContentTypeOf(file.Path),
        };
        result.Set("sha256", file.Sha256);
        return result;
    }

    private ResourceLinkBlock LinkTo(SavedFile file) => new()
    {
        Uri = new Uri(file.Path).AbsoluteUri,
        Name = root.MakeRelative(file.Path),
        MimeType = FilePreview.ContentTypeOf(file.Path),
        Size = file.Length,
    };
}
