using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace DetectorDsl.Annotations;

/// <summary>The lists of a set as bytes; the segmentations follow one after the other elsewhere, of the lengths that the lists state.</summary>
internal static class PackedSet
{
    /// <returns>The lists, and the length of all segmentations.</returns>
    public static (byte[] Lists, long Segmentations) PackLists(AnnotationSet set)
    {
        using var memory = new MemoryStream();
        using var writer = new BinaryWriter(memory);
        writer.Write(set.Images.Length);
        foreach (var image in set.Images)
        {
            writer.Write(image.Id);
            writer.Write(image.FileName);
            writer.Write(image.Width);
            writer.Write(image.Height);
            Write(writer, image.NegativeCategoryIds);
            Write(writer, image.NotExhaustiveCategoryIds);
            writer.Write(image.StatesNegatives);
            Write(writer, image.StatedId);
            Write(writer, image.Extra);
        }

        writer.Write(set.Categories.Length);
        foreach (var category in set.Categories)
        {
            writer.Write(category.Id);
            writer.Write(category.Name);
            writer.Write(category.Frequency is { } frequency ? (int)frequency : -1);
            Write(writer, category.ImageCount);
            Write(writer, category.InstanceCount);
            Write(writer, category.Synset);
            Write(writer, category.Definition);
            Write(writer, category.StatedId);
            Write(writer, category.Extra);
        }

        writer.Write(set.Problems.Length);
        foreach (var problem in set.Problems)
        {
            writer.Write(problem.Entry);
            writer.Write(problem.What);
            writer.Write(problem.Done);
        }

        writer.Write(set.ProblemCount);
        writer.Write(set.Renumbered);
        writer.Write(set.LeftOut);
        Write(writer, set.Extra);

        return (End(writer, memory, set.Annotations, out var length), length);
    }

    /// <summary>The set.</summary>
    /// <param name="lists">The lists, known to be whole.</param>
    /// <param name="segmentations">Of which the set's outlines keep pieces.</param>
    /// <param name="source">File that the problems name.</param>
    public static AnnotationSet Unpack(byte[] lists, byte[] segmentations, string source)
    {
        using var reader = new BinaryReader(new MemoryStream(lists));
        var images = Read(reader, item => new AnnotatedImage(item.ReadInt64(), item.ReadString(), item.ReadInt32(), item.ReadInt32())
        {
            NegativeCategoryIds = Read(item, id => id.ReadInt32()),
            NotExhaustiveCategoryIds = Read(item, id => id.ReadInt32()),
            StatesNegatives = item.ReadBoolean(),
            StatedId = ReadText(item),
            Extra = ReadMembers(item, lists),
        });
        var categories = Read(reader, item => new Category(item.ReadInt32(), item.ReadString())
        {
            Frequency = item.ReadInt32() is >= 0 and var frequency ? (CategoryFrequency)frequency : null,
            ImageCount = ReadCount(item),
            InstanceCount = ReadCount(item),
            Synset = ReadText(item),
            Definition = ReadText(item),
            StatedId = ReadText(item),
            Extra = ReadMembers(item, lists),
        });
        var problems = Read(reader, item => new AnnotationProblem(source, item.ReadString(), item.ReadString(), item.ReadString()));
        var (count, renumbered, leftOut, extra) = (reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32(), ReadMembers(reader, lists));
        var start = 0;
        var annotations = Read(reader, item =>
        {
            var (id, image, category) = (item.ReadInt64(), item.ReadInt64(), item.ReadInt32());
            var box = new Box(item.ReadDouble(), item.ReadDouble(), item.ReadDouble(), item.ReadDouble());
            var (area, isCrowd, isIgnored) = (item.ReadDouble(), item.ReadBoolean(), item.ReadBoolean());
            var (members, form, length) = (ReadMembers(item, lists), (SegmentationForm)item.ReadByte(), item.ReadInt32());
            var piece = new ReadOnlyMemory<byte>(segmentations, start, length);
            start += length;
            return new InstanceAnnotation(id, image, category, box, area, Segmentation.Unpack(form, piece), isCrowd)
            {
                IsIgnored = isIgnored,
                Extra = members,
            };
        });
        return new AnnotationSet(images, annotations, categories, problems)
        {
            ProblemCount = count,
            Renumbered = renumbered,
            LeftOut = leftOut,
            Extra = extra,
        };
    }

    private static byte[] End(
        BinaryWriter writer,
        MemoryStream memory,
        ImmutableArray<InstanceAnnotation> annotations,
        out long segmentations
    )
    {
        segmentations = 0;
        writer.Write(annotations.Length);
        foreach (var annotation in annotations)
        {
            writer.Write(annotation.Id);
            writer.Write(annotation.ImageId);
            writer.Write(annotation.CategoryId);
            writer.Write(annotation.Box.X);
            writer.Write(annotation.Box.Y);
            writer.Write(annotation.Box.Width);
            writer.Write(annotation.Box.Height);
            writer.Write(annotation.Area);
            writer.Write(annotation.IsCrowd);
            writer.Write(annotation.IsIgnored);
            Write(writer, annotation.Extra);
            var (form, bytes) = annotation.Segmentation?.Pack() ?? (SegmentationForm.None, default);
            writer.Write((byte)form);
            writer.Write(bytes.Length);
            segmentations += bytes.Length;
        }

        writer.Flush();
        return memory.ToArray();
    }

    private static void Write(BinaryWriter writer, ImmutableArray<int> numbers)
    {
        writer.Write(numbers.Length);
        foreach (var number in numbers)
        {
            writer.Write(number);
        }
    }

    private static void Write(BinaryWriter writer, int? count)
    {
        writer.Write(count.HasValue);
        writer.Write(count ?? 0);
    }

    private static void Write(BinaryWriter writer, string? text)
    {
        writer.Write(text is not null);
        writer.Write(text ?? "");
    }

    private static void Write(BinaryWriter writer, JsonMembers? members)
    {
        writer.Write(members?.Text.Length ?? 0);
        writer.Write(members is null ? [] : members.Text);
    }

    // Members keep a piece of the lists, as outlines do of the segmentations.
    private static JsonMembers? ReadMembers(BinaryReader reader, byte[] lists)
    {
        var length = reader.ReadInt32();
        var start = (int)reader.BaseStream.Position;
        reader.BaseStream.Position += length;
        return length == 0 ? null : new JsonMembers(new ReadOnlyMemory<byte>(lists, start, length));
    }

    private static string? ReadText(BinaryReader reader)
    {
        var isKnown = reader.ReadBoolean();
        var text = reader.ReadString();
        return isKnown ? text : null;
    }

    private static int? ReadCount(BinaryReader reader)
    {
        var isKnown = reader.ReadBoolean();
        var count = reader.ReadInt32();
        return isKnown ? count : null;
    }

    private static ImmutableArray<T> Read<T>(BinaryReader reader, Func<BinaryReader, T> read)
    {
        var items = new T[reader.ReadInt32()];
        for (var i = 0; i < items.Length; i++)
        {
            items[i] = read(reader);
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(items);
    }
}
