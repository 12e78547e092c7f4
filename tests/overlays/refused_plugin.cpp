// SPDX-License-Identifier: GPL-3.0-or-later
#include <QObject>
#include <QtPlugin>

#ifdef REFUSED_MISSING_SYMBOL
void geneglassDefinesThisNowhere();
#endif

namespace geneglass {

/// Tells the test that code of a file ran which should only have been read.
const bool codeRan = qputenv("GENEGLASS_CODE_RAN_" REFUSED_NAME, "1");

/// No overlay plugin: it implements no interface at all.
class RefusedPlugin final : public QObject {
  Q_OBJECT
  Q_PLUGIN_METADATA(IID REFUSED_INTERFACE FILE "refused.json")

 public:
#ifdef REFUSED_MISSING_SYMBOL
  RefusedPlugin() {
    geneglassDefinesThisNowhere();
  }
#endif
};

}  // namespace geneglass

#include "refused_plugin.moc"
