using System.Collections;
using System.Globalization;
using System.Management.Automation.Language;
using System.Numerics;
using System.Text;
using AtlasCloud.PowerShell.DynamicParameters;

namespace AtlasCloud.PowerShell.Completers;

/// <summary>
/// A text that the Tab key inserts into a command. PowerShell runs that text once the user presses Enter, and most of it comes from the service, so an
/// instance exists only if the parser reads the text as one constant argument with the intended value.
/// </summary>
internal sealed class CompletionText
{
    // A longer text is of no use on a command line.
    private const int MaxLength = 4096;

    private CompletionText(string text) => Text = text;

    /// <summary>The text to insert.</summary>
    internal string Text { get; }

    /// <summary>Returns the quote at the start of what was typed; null if there is none. PowerShell accepts typographic quotes too.</summary>
    internal static char? GetQuote(string? typed) => typed is { Length: > 0 } && IsQuote(typed[0]) ? typed[0] : null;

    /// <summary>Returns what was typed without its quotes.</summary>
    internal static string TrimQuotes(string? typed)
    {
        string word = typed ?? "";
        int start = word.Length > 0 && IsQuote(word[0]) ? 1 : 0;
        int end = word.Length > start && IsQuote(word[^1]) ? word.Length - 1 : word.Length;
        return word[start..end];
    }

    /// <summary>Returns a value as an argument: a number or boolean bare, text in the quotes that were typed or in quotes only if it needs them.</summary>
    /// <param name="value">Text, a number or a boolean.</param>
    /// <param name="quote">The quote that was typed.</param>
    /// <returns>The text; null if the value cannot be offered.</returns>
    internal static CompletionText? FromValue(object? value, char? quote = null)
    {
        if (value is bool flag)
        {
            return Create(flag ? "$true" : "$false", e => IsBoolean(e, flag));
        }

        if (ToText(value) is not { Length: > 0 and <= MaxLength } text || HasHiddenCharacters(text))
        {
            return null;
        }

        bool isDouble = quote is char typed && IsDoubleQuote(typed) && !text.Any(c => c is '$' or '`' || IsDoubleQuote(c));
        return (quote is null ? CreateBare(text) : null)
            ?? Create(isDouble ? $"\"{text}\"" : QuoteText(text), e => IsText(e, text));
    }

    /// <summary>Returns a variable as an argument; null if its name needs braces.</summary>
    internal static CompletionText? FromVariable(string name) =>
        name.Length > 0 && name.All(c => char.IsLetterOrDigit(c) || c == '_')
            ? Create($"${name}", e => e is VariableExpressionAst { Splatted: false } variable && variable.VariablePath.UserPath == name)
            : null;

    /// <summary>Returns a hashtable with one entry as an argument; null if the name or the value cannot be offered.</summary>
    /// <param name="name">The key.</param>
    /// <param name="value">Text, a number, a boolean; an empty array or dictionary of objects for @() and @{}.</param>
    internal static CompletionText? FromEntry(string name, object value)
    {
        string? content = value switch
        {
            Array => "@()",
            IDictionary => "@{}",
            bool flag => flag ? "$true" : "$false",
            string text when text.Length <= MaxLength && !HasHiddenCharacters(text) => QuoteText(text),
            not string when ToText(value) is string number && IsCanonicalNumber(number) => number,
            _ => null,
        };
        if (content is null || name.Length is 0 or > MaxLength || HasHiddenCharacters(name))
        {
            return null;
        }

        string key = DynamicParameterNames.IsIdentifier(name) ? name : QuoteText(name);
        return Create($"@{{ {key} = {content} }}", e => IsEntry(e, name, value));
    }

    /// <inheritdoc/>
    public override string ToString() => Text;

    private static string QuoteText(string text) => $"'{CodeGeneration.EscapeSingleQuotedStringContent(text)}'";

    private static CompletionText? Create(string text, Func<ExpressionAst, bool> isIntended) =>
        ParseArgument(text) is ExpressionAst argument && isIntended(argument) ? new CompletionText(text) : null;

    // The argument, if the text is exactly one and nothing follows it: no second argument, statement, redirection or comment.
    private static ExpressionAst? ParseArgument(string text)
    {
        ScriptBlockAst script = Parser.ParseInput("x -P " + text, out Token[] tokens, out ParseError[] errors);
        return errors.Length == 0
            && !tokens.Any(t => t.Kind is TokenKind.Comment or TokenKind.NewLine or TokenKind.LineContinuation)
            && script is { ParamBlock: null, BeginBlock: null, ProcessBlock: null, DynamicParamBlock: null, EndBlock: { Traps: null or { Count: 0 }, Statements: { Count: 1 } statements } }
            && statements[0] is PipelineAst { PipelineElements: { Count: 1 } elements }
            && elements[0] is CommandAst { Redirections.Count: 0, CommandElements: { Count: 3 } parts }
            && parts[2] is ExpressionAst argument && argument.Extent.Text == text
            ? argument : null;
    }

    // A negative number is text here, which binding converts.
    private static CompletionText? CreateBare(string text) =>
        IsPlainWord(text) ? new CompletionText(text)
        : IsCanonicalNumber(text) ? Create(text, e => IsNumber(e) || IsText(e, text))
        : text[0] != '-' && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '-' or '.' or '_' or ':') ? Create(text, e => IsText(e, text))
        : null;

    // The parser reads a word of these characters as text in any argument. It is not asked, since it takes milliseconds for the IDs of 500 models.
    private static bool IsPlainWord(string text)
    {
        foreach (char c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('/' or '-' or '.' or '_'))
            {
                return false;
            }
        }

        return char.IsAsciiLetter(text[0]);
    }

    private static bool IsText(ExpressionAst ast, string text) => ast is StringConstantExpressionAst constant && constant.Value == text;

    private static bool IsNumber(ExpressionAst ast) => ast is ConstantExpressionAst { Value: int or long or double or decimal or BigInteger };

    private static bool IsBoolean(Ast ast, bool value) =>
        ast is VariableExpressionAst { Splatted: false } variable && variable.VariablePath.UserPath.Equals(value ? "true" : "false", StringComparison.OrdinalIgnoreCase);

    private static bool IsEntry(Ast ast, string name, object value) =>
        ast is HashtableAst { KeyValuePairs: { Count: 1 } pairs }
        && pairs[0].Item1 is StringConstantExpressionAst key && key.Value == name
        && pairs[0].Item2 is PipelineAst { PipelineElements: { Count: 1 } elements }
        && elements[0] is CommandExpressionAst { Redirections.Count: 0, Expression: ExpressionAst content }
        && value switch
        {
            Array => content is ArrayExpressionAst { SubExpression.Statements.Count: 0 },
            IDictionary => content is HashtableAst { KeyValuePairs.Count: 0 },
            bool flag => IsBoolean(content, flag),
            string text => IsText(content, text),
            _ => IsNumber(content),
        };

    private static string? ToText(object? value) => value switch
    {
        string text => text,
        IFormattable number and (sbyte or byte or short or ushort or int or uint or long or ulong or float or double or decimal) => number.ToString(null, CultureInfo.InvariantCulture),
        _ => null,
    };

    // PowerShell reads more as a number than these, such as 1d, 0x10 and 1kb.
    private static bool IsCanonicalNumber(string text) =>
        decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number)
        && number.ToString(CultureInfo.InvariantCulture) == text;

    // What cannot be seen cannot be judged before Enter: control characters, marks of direction, joiners, lone surrogates.
    private static bool HasHiddenCharacters(string text)
    {
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator or UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse || rune == Rune.ReplacementChar)
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsQuote(char c) => c is '\'' or '\u2018' or '\u2019' or '\u201A' or '\u201B' || IsDoubleQuote(c);

    private static bool IsDoubleQuote(char c) => c is '"' or '\u201C' or '\u201D' or '\u201E';
}
