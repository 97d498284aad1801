package io.fengsui.systemtests.site;

import io.fengsui.edge.vision.wire.CodedRange;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Makes pictures that hold certain bytes fatal to a vision worker: it touches memory that is not there as soon as it has read
 * them, as a faulty decoder would. For that the constructor of one class of the agent, taken as it was built, calls {@link
 * PoisonTrap} first.
 */
public final class Poison {
    /** Of {@link CodedRange}: its access units. */
    private static final int UNITS = 1;

    private Poison() {}

    /** Fills a folder with what goes ahead of the agent's own classes. */
    public static Path into(Path folder, byte[] bytes) throws IOException {
        Files.createDirectories(folder);
        Files.write(folder.resolve(PoisonTrap.BYTES), bytes);
        write(folder, PoisonTrap.class, read(PoisonTrap.class));
        ClassFile file = ClassFile.of();
        ClassTransform tasting = ClassTransform.transformingMethodBodies(
                method -> method.methodName().equalsString(ConstantDescs.INIT_NAME), new TasteFirst());
        write(folder, CodedRange.class, file.transformClass(file.parse(read(CodedRange.class)), tasting));
        return folder;
    }

    private static byte[] read(Class<?> type) throws IOException {
        String name = type.getSimpleName() + ".class";
        try (InputStream in = Objects.requireNonNull(type.getResourceAsStream(name), name)) {
            return in.readAllBytes();
        }
    }

    private static void write(Path folder, Class<?> type, byte[] bytes) throws IOException {
        Path file = folder.resolve(type.getName().replace('.', '/') + ".class");
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.write(file, bytes);
    }

    /** Ahead of the first instruction, where the object is not made yet: only the arguments are there. */
    private static final class TasteFirst implements CodeTransform {
        @Override
        public void atStart(CodeBuilder code) {
            code.aload(code.parameterSlot(UNITS))
                    .invokestatic(
                            ClassDesc.of(PoisonTrap.class.getName()),
                            "taste",
                            MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_List));
        }

        @Override
        public void accept(CodeBuilder code, CodeElement element) {
            code.with(element);
        }
    }
}
