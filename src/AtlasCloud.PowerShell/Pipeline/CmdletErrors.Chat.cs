using AtlasCloud.PowerShell.Binding;

namespace AtlasCloud.PowerShell.Pipeline;

internal static partial class CmdletErrors
{
    /// <summary>Neither a model nor a conversation with one is specified.</summary>
    internal static AtlasCloudException ChatModelNotSpecified() =>
        Invalid("No model is specified. Nothing was sent.", "Specify -Model, or set a default with Set-AtlasDefault -ChatModel. Get-AtlasModel -Type Text lists the language models.", "Model");

    /// <summary>There is neither text nor media.</summary>
    internal static AtlasCloudException NoMessage() => Invalid("No message is specified. Nothing was sent.", "Specify -Message, or pipe text.", "Message");

    /// <summary>The pipeline input of an interactive chat is an object with properties, such as a row of a table.</summary>
    internal static AtlasCloudException NotConversation() => Invalid(
        "The pipeline input is not a conversation, so the chat was not started. Nothing was sent.",
        "Pipe a reply of Invoke-AtlasChat to continue it. To send a message per row, use Invoke-AtlasChat.",
        "Conversation");

    /// <summary>A message is specified, and what it is about is blank.</summary>
    internal static AtlasCloudException PipedTextBlank() =>
        Invalid("The piped text is blank. Nothing was sent.", "Check the file or the command that provides the text, or omit the pipe.", "InputObject");

    /// <summary>A command of the chat console needs a path.</summary>
    internal static AtlasCloudException ConsolePathRequired() => Invalid("A path is required.", "For example: /save chat.json");

    /// <summary>The reply is described twice.</summary>
    internal static AtlasCloudException SchemaAndType() => Invalid("-JsonSchema and -As cannot be combined. Nothing was sent.", "Specify one of them.");

    /// <summary>The value of -JsonSchema is not a schema.</summary>
    internal static AtlasCloudException NotSchema(object value) => Invalid(
        $"-JsonSchema must be a hashtable, JSON text or a path, but is of type {value.GetType().Name}. Nothing was sent.",
        "Specify a hashtable, JSON text, or the path of a file.",
        "JsonSchema");

    /// <summary>The value of -As is not a type.</summary>
    internal static AtlasCloudException NotType(object value) => Invalid(
        $"'{value}' is not a type. Nothing was sent.", "Specify a type such as [MyClass], or a short form such as 'title:string, score:int, tags:string[]'.", "As");

    /// <summary>The short form in -As is malformed.</summary>
    internal static AtlasCloudException ShortSchemaInvalid(string text, string cause) => Invalid(
        $"-As '{text}' is not valid: {cause}. Nothing was sent.",
        "Specify it as in 'title:string, score:int, tags:string[], when:date?'. The types are string, int, number, bool, object, date and datetime. Append [] for an array, or ? for an optional property.",
        "As",
        text);

    /// <summary>Two tools have the same name.</summary>
    internal static AtlasCloudException DuplicateTool(string name) => Invalid(
        $"Two tools have the name '{name}'. Nothing was sent.", "Give each its own name: -Tool @{ Name = 'name'; ScriptBlock = { ... } }.", "Tool");

    /// <summary>A tool is not a command of this session.</summary>
    internal static AtlasCloudException ToolCommandMissing(string name) => Invalid(
        $"There is no function or cmdlet '{name}' to use as a tool. Nothing was sent.", "Name a function or cmdlet, or specify a script block with a param block.", "Tool");

    /// <summary>A value cannot be a tool.</summary>
    internal static AtlasCloudException NotTool(object value) => Invalid(
        $"-Tool must be a command, a command name, a script block or a hashtable, but is of type {value.GetType().Name}. Nothing was sent.",
        "Specify a command, its name, a script block, or a hashtable such as @{ Name = 'name'; Description = 'what it does'; ScriptBlock = { param(...) ... } }.",
        "Tool");

    /// <summary>A hashtable for a tool has no script block.</summary>
    internal static AtlasCloudException ToolWithoutScript() => Invalid(
        "A hashtable for -Tool needs a ScriptBlock. Nothing was sent.", "Specify @{ Name = 'name'; Description = 'what it does'; ScriptBlock = { param(...) ... } }.", "Tool");

    /// <summary>Two keys of a hashtable for a tool differ only in case.</summary>
    internal static AtlasCloudException ToolKeyRepeated(string first, string second) => Invalid(
        $"A hashtable for -Tool contains '{Conversion.Show(first)}' and '{Conversion.Show(second)}', which have different values. Nothing was sent.", "Remove one of the two keys.", "Tool");
}
