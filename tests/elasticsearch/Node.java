import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.elasticsearch.common.logging.LogConfigurator;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.env.Environment;
import org.elasticsearch.node.InternalSettingsPreparer;
import org.elasticsearch.plugins.PluginsLoader;

/** One node in the foreground, until it is stopped: {@code java -cp 'target/lib/*' Node.java target/home [setting=value ...]}. */
public class Node {
    public static void main(String[] arguments) throws Exception {
        Path home = Path.of(arguments[0]).toAbsolutePath();
        Settings.Builder given = Settings.builder().put("path.home", home);
        Arrays.stream(arguments).skip(1).map(pair -> pair.split("=", 2)).forEach(pair -> given.put(pair[0], pair[1]));
        Environment environment =
            InternalSettingsPreparer.prepareEnvironment(given.build(), Map.of(), home.resolve("config"), () -> "node");
        LogConfigurator.configureWithoutConfig(environment.settings());
        PluginsLoader modules = PluginsLoader.createPluginsLoader(
            PluginsLoader.loadModulesBundles(environment.modulesDir()), Set.of(), Map.of(), false);
        org.elasticsearch.node.Node node = new org.elasticsearch.node.Node(environment, modules);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> close(node)));
        node.start();
        Thread.currentThread().join();
    }

    private static void close(org.elasticsearch.node.Node node) {
        try {
            node.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
