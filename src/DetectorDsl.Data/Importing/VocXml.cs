using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using DetectorDsl.Annotations;

namespace DetectorDsl.Data.Importing;

/// <summary>Reads the XML of a Pascal VOC file, as much of it as such a file needs.</summary>
internal static class VocXml
{
    private const int MostElements = 1_000_000;
    private const int MostAttributes = 64;

    /// <summary>Reads a file.</summary>
    /// <returns>Its root, or why there is none.</returns>
    public static (XElement? Root, string? Mistake) Read(string file)
    {
        try
        {
            using var stream = InputText.Open(file);
            CheckShape(stream);
            stream.Position = 0;
            using var reader = Reader(stream, DtdProcessing.Prohibit);
            return (XDocument.Load(reader).Root, null);
        }
        catch (XmlException exception)
        {
            return (
                null,
                HasDocumentType(file)
                    ? "it has a document type (<!DOCTYPE ...>), through which a file can name other files; take these lines out"
                    : $"no XML that can be read ({exception.Message.TrimEnd('.')})"
            );
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return (null, $"no XML that can be read ({exception.Message.TrimEnd('.')})");
        }
    }

    /// <summary>The trimmed text of a child; empty where there is none.</summary>
    public static string Text(this XElement? parent, string name) => parent?.Element(name)?.Value.Trim() ?? "";

    /// <summary>The number in a child; null where there is none.</summary>
    public static double? Number(this XElement? parent, string name) => Number(parent.Text(name));

    /// <summary>A text as a finite number; null where it is none.</summary>
    public static double? Number(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    // A tree is built only of what passes here: depth, attributes and names without bound take time out of proportion to a file's size.
    private static void CheckShape(Stream stream)
    {
        using var reader = Reader(stream, DtdProcessing.Prohibit);
        var elements = 0;
        while (reader.Read())
        {
            if (
                reader.NodeType == XmlNodeType.Element
                && (reader.Depth > InputBudget.DeepestNesting || reader.AttributeCount > MostAttributes || ++elements > MostElements)
            )
            {
                throw new XmlException(
                    FormattableString.Invariant(
                        $"more than {InputBudget.DeepestNesting} elements within one another, {MostAttributes} attributes of one or {MostElements} elements in all; no annotation of an image has so many"
                    )
                );
            }
        }
    }

    private static bool HasDocumentType(string file)
    {
        try
        {
            return Starts(DtdProcessing.Ignore) && !Starts(DtdProcessing.Prohibit);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return false;
        }

        bool Starts(DtdProcessing processing)
        {
            try
            {
                using var stream = InputText.Open(file);
                using var reader = Reader(stream, processing);
                return reader.MoveToContent() == XmlNodeType.Element;
            }
            catch (XmlException)
            {
                return false;
            }
        }
    }

    private static XmlReader Reader(Stream stream, DtdProcessing processing) =>
        XmlReader.Create(
            stream,
            new XmlReaderSettings
            {
                DtdProcessing = processing,
                XmlResolver = null,
                IgnoreComments = true,
                IgnoreProcessingInstructions = true,
                IgnoreWhitespace = true,
                CloseInput = false,
            }
        );
}
