namespace DetectorDsl.Annotations;

/// <summary>
/// Ids that are words, as some tools write them. While a file is read, each word stands for a number that no file has; once all ids are known, for
/// the next above them.
/// </summary>
/// <param name="lowest">The first of the numbers that stand for words meanwhile; they rise from there.</param>
internal sealed class WordIds(long lowest)
{
    private readonly List<string> words = [];
    private readonly Dictionary<string, long> numbers = [];

    /// <summary>Whether there are any.</summary>
    public bool Any => words.Count > 0;

    /// <summary>How many there are.</summary>
    public int Count => words.Count;

    /// <summary>The first of them.</summary>
    public string First => words[0];

    /// <summary>The number that stands for a word meanwhile.</summary>
    public long NumberOf(string word)
    {
        if (!numbers.TryGetValue(word, out var number))
        {
            number = lowest + words.Count;
            numbers[word] = number;
            words.Add(word);
        }

        return number;
    }

    /// <summary>The word for which a number stands; null for a number of the file's own.</summary>
    public string? WordOf(long number) =>
        number - lowest is >= 0 and var place && place < words.Count && number < lowest + words.Count ? words[(int)place] : null;

    /// <summary>The id itself, or the number that its word is given.</summary>
    /// <param name="id">The id as it was read.</param>
    /// <param name="largest">The largest id of the file that is a number; 0 where there is none.</param>
    public long Final(long id, long largest) => WordOf(id) is null ? id : largest + 1 + (id - lowest);
}
