namespace DetectorDsl.Generators.Categories;

/// <summary>Reads a list of categories: the JSON text is such a list, or an object with one under <c>categories</c>. Other properties are passed over.</summary>
internal sealed class CategoryListReader
{
    public const string UnknownFrequency = "Unknown";

    private readonly JsonReader json;
    private readonly Dictionary<int, CategoryEntry> byId = [];

    private CategoryListReader(JsonReader json) => this.json = json;

    /// <summary>The categories in the order of ids.</summary>
    /// <exception cref="JsonFormatException">Not such a list, an entry without id or name, or an id twice; the message says where.</exception>
    public static IReadOnlyList<CategoryEntry> Read(string text, CancellationToken cancellationToken = default)
    {
        var reader = new CategoryListReader(new JsonReader(text, cancellationToken));
        return reader.ReadFile();
    }

    private List<CategoryEntry> ReadFile()
    {
        switch (json.Peek())
        {
            case '[':
                json.ReadArray(ReadCategory);
                break;
            case '{':
                ReadContainer();
                break;
            default:
                throw json.Unexpected("a list of categories, or an object with one under 'categories'");
        }

        json.ReadEnd();
        return byId.Count == 0
            ? throw new JsonFormatException("the list is empty")
            : [.. byId.Values.OrderBy(static category => category.Id)];
    }

    private void ReadContainer()
    {
        var found = false;
        json.ReadObject(property =>
        {
            if (property != "categories")
            {
                json.Skip();
                return;
            }

            if (found)
            {
                throw json.Error(json.Position, "'categories' is there twice");
            }
            found = true;
            json.ReadArray(ReadCategory);
        });
        if (!found)
        {
            throw new JsonFormatException("the object has no property 'categories'");
        }
    }

    private void ReadCategory()
    {
        var start = json.Position;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        int? id = null;
        string? name = null;
        var frequency = UnknownFrequency;
        var (images, instances) = (-1, -1);

        json.ReadObject(property =>
        {
            switch (property)
            {
                case "id":
                    id = ReadCount(property);
                    break;
                case "name":
                    name = json.ReadString();
                    break;
                case "frequency":
                    frequency = json.TryReadNull() ? UnknownFrequency : ReadFrequency();
                    break;
                case "image_count":
                    images = json.TryReadNull() ? -1 : ReadCount(property);
                    break;
                case "instance_count":
                    instances = json.TryReadNull() ? -1 : ReadCount(property);
                    break;
                default:
                    json.Skip();
                    return;
            }

            if (!seen.Add(property))
            {
                throw json.Error(start, $"the category states '{property}' twice");
            }
        });

        if (id is not { } number)
        {
            throw json.Error(start, $"the category has no 'id'");
        }
        if (name is null)
        {
            throw json.Error(start, $"the category with id {number} has no 'name'");
        }
        if (byId.TryGetValue(number, out var other))
        {
            throw json.Error(start, $"the id {number} of '{name}' is that of '{other.Name}', too");
        }
        byId.Add(number, new CategoryEntry(number, name, frequency, images, instances));
    }

    private int ReadCount(string property)
    {
        var start = json.Position;
        var value = json.ReadInteger();
        return value >= 0 ? value : throw json.Error(start, $"'{property}' is {value}, but must be 0 or above");
    }

    private string ReadFrequency()
    {
        var start = json.Position;
        return json.ReadString() switch
        {
            "r" => "Rare",
            "c" => "Common",
            "f" => "Frequent",
            var other => throw json.Error(start, $"'frequency' is '{other}', but must be 'r', 'c' or 'f'"),
        };
    }
}
