using DetectorDsl;

namespace QuickStart;

/// <summary>The 60 classes of the rendered data set: ten silhouettes, six members each, from frequent to rare.</summary>
[CategorySet("rendered_default_categories.json")]
public static partial class Shapes;
