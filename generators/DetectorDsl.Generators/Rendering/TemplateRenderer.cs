using System.Globalization;
using Scriban;
using Scriban.Runtime;
using Scriban.Syntax;

namespace DetectorDsl.Generators.Rendering;

/// <summary>Fills templates. Every rendering passes through here, with one set of rules for the engine.</summary>
/// <remarks>A plan's properties are a template's global variables, under their C# names; so are the properties of whatever they hold.</remarks>
internal static class TemplateRenderer
{
    private static readonly PartialLoader Partials = new();

    /// <summary>Renders an embedded template, named without its extension.</summary>
    /// <exception cref="TemplateException">The template asks for something that the plan does not hold; names file, line and column.</exception>
    public static string Render(string templateName, object plan, CancellationToken cancellationToken) =>
        Render(TemplateCatalog.Get(templateName), plan, cancellationToken);

    /// <summary>Renders a parsed template.</summary>
    public static string Render(Template template, object plan, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
#pragma warning disable RS0030 // Banned elsewhere for the sake of this place.
            return template.Render(CreateContext(plan, cancellationToken));
#pragma warning restore RS0030
        }
        catch (ScriptAbortException exception) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException("Rendering was cancelled.", exception, cancellationToken);
        }
        catch (ScriptRuntimeException exception)
        {
            throw new TemplateException(exception.Message, exception);
        }
    }

    private static TemplateContext CreateContext(object plan, CancellationToken cancellationToken)
    {
        // The engine is made for templates by strangers: its limits cut output short, some without an error, and a name that is
        // not there prints as nothing. Ours are our own, so limits are off and every slip is an error.
        var context = new TemplateContext
        {
            LoopLimit = 0,
            LoopLimitQueryable = 0,
            LimitToString = 0,
            OutputLimit = 0,
            ObjectRecursionLimit = 0,
            StrictVariables = true,
            EnableRelaxedMemberAccess = false,
            EnableRelaxedTargetAccess = false,
            EnableRelaxedFunctionAccess = false,
            EnableRelaxedIndexerAccess = false,
            EnableNullIndexer = false,
            AutoIndent = true,
            IndentOnEmptyLines = false,
            NewLine = "\n",
            MemberRenamer = OwnName,
            TemplateLoader = Partials,
            CancellationToken = cancellationToken,
        };
        context.PushCulture(CultureInfo.InvariantCulture);

        var globals = new ScriptObject(StringComparer.Ordinal);
        globals.Import(plan, ScriptMemberImportFlags.Property, filter: null, renamer: OwnName);
        context.PushGlobal(globals);
        return context;
    }

    /// <summary>The property's own name. (The engine's default would make <c>nmsthreshold</c> of <c>NMSThreshold</c>.)</summary>
    private static string OwnName(System.Reflection.MemberInfo member) => member.Name;

    /// <summary>Finds what a template includes among the embedded ones, without parsing it again.</summary>
    private sealed class PartialLoader : ITemplateLoader
    {
        public string GetPath(TemplateContext context, Scriban.Parsing.SourceSpan callerSpan, string templateName)
        {
            var path = templateName + TemplateCatalog.Extension;
            if (!context.CachedTemplates.ContainsKey(path))
            {
                context.CachedTemplates.Add(path, TemplateCatalog.Get(templateName));
            }
            return path;
        }

        public string Load(TemplateContext context, Scriban.Parsing.SourceSpan callerSpan, string templatePath) =>
            throw new TemplateException($"The template '{templatePath}' was not taken from the catalog.");

        public ValueTask<string?> LoadAsync(TemplateContext context, Scriban.Parsing.SourceSpan callerSpan, string templatePath) =>
            new(Load(context, callerSpan, templatePath));
    }
}
