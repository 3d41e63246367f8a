using DetectorDsl;

namespace LongTail;

/// <summary>The classes of the experiment's training set: five silhouettes, six members each, from frequent to rare.</summary>
[CategorySet("rendered_tail_categories.json")]
public static partial class TailShapes;
