using DetectorDsl.Annotations;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace DetectorDsl.Data.Importing;

/// <summary>A small YAML file as a tree.</summary>
internal static class YamlFile
{
    /// <summary>Reads a file whose first document is a map.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The map.</returns>
    /// <exception cref="AnnotationException">The file cannot be read, is no YAML, or no map; the message names the line.</exception>
    public static YamlMappingNode Read(string path)
    {
        try
        {
            using var reader = new StreamReader(InputText.Open(path));
            var documents = new YamlStream();
            documents.Load(new Guard(new Parser(reader)));
            return documents.Documents.FirstOrDefault()?.RootNode switch
            {
                YamlMappingNode map => map,
                null => [],
                var other => throw Mistake(path, other, $"'{Shown(other)}' is no 'name: value'"),
            };
        }
        catch (YamlException exception)
        {
            var hint = exception.Message.Contains("escape", StringComparison.Ordinal)
                ? " Between double quotes a backslash begins an escape; write the text between single quotes."
                : "";
            throw new AnnotationException(
                FormattableString.Invariant($"{path}: line {exception.Start.Line}: no valid YAML: {exception.Message.TrimEnd('.')}.{hint}")
            );
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new AnnotationException($"{path}: cannot be read: {exception.Message}");
        }
        catch (Exception exception)
            when (exception
                    is InvalidOperationException
                        or ArgumentException
                        or FormatException
                        or OverflowException
                        or IndexOutOfRangeException
                        or NullReferenceException
            )
        {
            // What the library throws at some damage in place of its own exception.
            throw new AnnotationException($"{path}: no valid YAML. Write it anew, or give the class names as a text, one a line.");
        }
    }

    /// <summary>The value of a name; null where the file lacks it or leaves it empty.</summary>
    public static YamlNode? Value(this YamlMappingNode map, string name) =>
        map.Children.TryGetValue(new YamlScalarNode(name), out var value) && value is not YamlScalarNode { Value: null or "" }
            ? value
            : null;

    /// <summary>A refusal that names a value's line.</summary>
    public static AnnotationException Mistake(string path, YamlNode node, string what) =>
        new(FormattableString.Invariant($"{path}: line {node.Start.Line}: {what}."));

    /// <summary>A value as a message shows it.</summary>
    public static string Shown(YamlNode node) =>
        node switch
        {
            YamlScalarNode text => text.Value ?? "",
            YamlSequenceNode => "a list",
            _ => "a map",
        };

    // Deep nesting would end the stack, and aliases of aliases stand for any number of values.
    private sealed class Guard(IParser inner) : IParser
    {
        private const int MostAliases = 32;

        private int depth;
        private int aliases;

        public ParsingEvent? Current => inner.Current;

        public bool MoveNext()
        {
            var moved = inner.MoveNext();
            depth += Current?.NestingIncrease ?? 0;
            aliases += Current is AnchorAlias ? 1 : 0;
            return depth <= InputBudget.DeepestNesting && aliases <= MostAliases
                ? moved
                : throw new YamlException(
                    Current!.Start,
                    Current.End,
                    depth > InputBudget.DeepestNesting
                        ? $"values lie more than {InputBudget.DeepestNesting} deep in one another"
                        : $"more than {MostAliases} aliases"
                );
        }
    }
}
